"""``quizlib serve``: migrate, load the demo if asked, tell where to look, serve."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import segno
from flask_migrate import upgrade
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from quizlib.contest.certificate import format_serial
from quizlib.web.app import create_app
from quizlib.web.busy import SPARE
from quizlib.web.clock import now
from quizlib.web.config import DEFAULTS, make_secret
from quizlib.web.demo.load import CODE, load_demo
from quizlib.web.store import certificates
from quizlib.web.sweeping import start_sweeping

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104  what the owner may ask for, not what we choose


def serve(demo: bool, make_key: bool) -> int:
    """HOST and PORT say where; returns when the server is stopped."""
    if make_key:
        make_secret(Path(os.environ.get("QUIZLIB_DATA") or DEFAULTS["QUIZLIB_DATA"]))
        return 0
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    if is_taken(host, port):
        print(f"Port {port} is in use. Choose another: PORT={port + 1} make run", file=sys.stderr)
        return 1
    os.environ.setdefault("QUIZLIB_LOG", "0" if demo else "1")
    app = create_app()
    settings = app.config["SETTINGS"]
    with app.app_context():
        upgrade()
        if demo:
            load_demo(settings, now())
            sample = certificates.sample(CODE)
    base = settings.address or f"http://{lan_address() if host in ANYWHERE else host}:{port}"
    if demo:
        print(f"\n  Sit the demo contest    {base}/contests/{CODE}")
        print(f"  in English              {base}/en/contests/{CODE}")
        print(f"  Published standings     {base}/contests/{CODE}/standings")
        print(f"  Verify a sample         {base}/verify/{sample}   ({format_serial(sample)})\n", flush=True)
    if host in ANYWHERE:
        segno.make(base).terminal(compact=True)
    server = Granian(
        "quizlib.web.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.busy + settings.pool + SPARE,
        websockets=False,
        log_level=LogLevels.warning,
    )
    start_sweeping(app)
    server.serve()
    return 0


def is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def lan_address() -> str:
    """This machine's own address in its network; no packet is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])

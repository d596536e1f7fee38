"""The wheel as others get it: bare for a script, whole for a site."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that installing the wheel would put in place, and nothing else of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    zipfile.ZipFile(wheel).extractall(target)
    return target


def bare(code: str, site: Path) -> str:
    """What the code prints in a Python that has the wheel and the standard library alone."""
    script = f"import sys; sys.path.insert(0, {str(site)!r})\n{code}"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_readmes_library_lines_run_in_a_bare_environment(unpacked: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    code, printed = re.search(r"```python\n(.*?)```.*?```text\n(.*?)```", readme, re.DOTALL).groups()

    found = bare(code, unpacked)

    assert found.strip() == printed.strip()


def test_every_public_name_loads_in_a_bare_environment(unpacked: Path) -> None:
    found = bare("import quizlib; print(len([getattr(quizlib, name) for name in quizlib.__all__]))", unpacked)

    assert int(found) > 12


def test_the_command_runs_in_a_bare_environment_and_names_the_extra_that_serving_needs(
    unpacked: Path,
) -> None:
    checked = bare("from quizlib.cli import main; print(main(['check', '--lang', 'en']))", unpacked)
    refused = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(unpacked)!r})\n"
         "from quizlib.cli import main; sys.exit(main(['serve']))"],
        capture_output=True, text=True,
    )  # fmt: skip

    assert checked.splitlines()[-1] == "0"
    assert refused.returncode == 1
    assert "quizlib[web,certificates]" in refused.stderr


def test_the_wheel_serves_the_demo_far_from_its_checkout(unpacked: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"PYTHONPATH": str(unpacked), "PORT": str(port), "QUIZLIB_DATA": str(tmp_path / "data")}
    server = subprocess.Popen(
        [sys.executable, "-m", "quizlib", "serve", "--demo"],
        cwd=tmp_path,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        page = first_page(f"http://127.0.0.1:{port}/contests/cong-dan-so-hai-phong", server)
    finally:
        server.terminate()
        server.communicate(timeout=20)

    assert "Công dân số Hải Phòng" in page
    assert (unpacked / "quizlib" / "migrations" / "env.py").exists()


def first_page(address: str, server: subprocess.Popen[str]) -> str:
    """The page, as soon as the server answers."""
    for _ in range(600):
        assert server.poll() is None, server.communicate()[0]
        try:
            with urllib.request.urlopen(address, timeout=5) as reply:
                return str(reply.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")

"""Certificates: the holder's page and files, and the page on which a stranger checks every fact."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from quizlib.contest.certificate import fact_table, facts_lines, format_serial, parse_serial, words
from quizlib.errors import Refusal
from quizlib.press import qr_svg
from quizlib.web.addresses import public_url
from quizlib.web.certificates import pdf, png
from quizlib.web.issuing import find, status_of
from quizlib.web.language import language
from quizlib.web.limits import verifying
from quizlib.web.store import certificates as store
from quizlib.web.store.certificates import Certificate

certificates = Blueprint("certificates", __name__)
ON_TOP = ("holder", "contest", "sample")  # facts with a place of their own above the lines


@certificates.get("/verify")
@verifying
def ask() -> str | Redirect:
    """Where a serial is typed in."""
    typed = request.args.get("serial", "")
    serial = parse_serial(typed)
    if serial and store.get(serial):
        return redirect(url_for("certificates.verify", serial=serial))
    return render_template("certificates/ask.html", typed=typed)


@certificates.get("/verify/<serial>")
@verifying
def verify(serial: str) -> str:
    """Every printed fact, and what the certificate is worth today."""
    certificate = find(serial)
    return render_template(
        "certificates/verify.html",
        certificate=certificate,
        lines=facts_lines(certificate.facts, language()),
        status=status_of(certificate),
        successor=format_serial(certificate.replaced_by),
        noindex=True,
    )


@certificates.get("/certificates/<serial>")
def show(serial: str) -> str:
    certificate = find(serial)
    return render_template(
        "certificates/show.html",
        certificate=certificate,
        lines=[
            line for name, line in fact_table(certificate.facts, language()).items() if name not in ON_TOP
        ],
        words=words(language()),
        status=status_of(certificate),
        serial=format_serial(certificate.serial),
        verify_url=verify_url(certificate),
        noindex=True,
    )


@certificates.get("/certificates/<serial>.pdf")
def as_pdf(serial: str) -> Response:
    certificate = find(serial)
    return file(pdf(certificate.facts, verify_url(certificate)), "application/pdf", certificate, "pdf")


@certificates.get("/certificates/<serial>.png")
def as_png(serial: str) -> Response:
    certificate = find(serial)
    return file(png(certificate.facts, verify_url(certificate)), "image/png", certificate, "png")


@certificates.get("/certificates/<serial>.svg")
def as_qr(serial: str) -> Response:
    """The code to scan that stands on the page."""
    return Response(qr_svg(verify_url(find(serial))), mimetype="image/svg+xml")


def verify_url(certificate: Certificate) -> str:
    return public_url("certificates.verify", serial=certificate.serial)


def file(body: bytes, mimetype: str, certificate: Certificate, ending: str) -> Response:
    """A download; revoked and replaced certificates are no longer printed."""
    if certificate.status != "valid":
        raise Refusal("not-found")
    reply = Response(body, mimetype=mimetype)
    name = f"giay-chung-nhan-{certificate.serial}.{ending}"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply

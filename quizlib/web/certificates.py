"""Certificates as files: the facts of one on one page, as PDF or picture."""

from __future__ import annotations

from quizlib.contest.certificate import CertificateFacts, fact_table, sentence, words
from quizlib.press import pdf as document
from quizlib.press import pictures, require_printable


def pdf(facts: CertificateFacts, verify_url: str) -> bytes:
    """One tagged A4 page. UnprintableName when the font lacks a character."""
    return document("certificate", _content(facts, verify_url), [verify_url], facts.issued_on)


def png(facts: CertificateFacts, verify_url: str) -> bytes:
    """The same page as a picture."""
    return pictures("certificate", _content(facts, verify_url), [verify_url], facts.issued_on)[0]


def _content(facts: CertificateFacts, verify_url: str) -> dict[str, object]:
    lines = fact_table(facts, facts.lang)
    for _, value in lines.values():
        require_printable(value)
    said = words(facts.lang)
    return {
        "lang": facts.lang,
        "is_sample": facts.sample,
        "lines": lines,
        "words": said | {"code": said["code"].format(address=verify_url)},
        "sentence": sentence(facts, facts.lang),
        "address": verify_url,
    }

"""What people agree to when they enter: one text a purpose, kept word for word as it was shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from quizlib.contest.rules import Rules
from quizlib.contest.units import Unit
from quizlib.web.forms import EntryForm
from quizlib.web.language import gettext as _
from quizlib.web.store import frozen


def texts(rules: Rules, lang: str, manner: str = "") -> dict[str, str]:
    """By purpose, in the reader's language; whoever is helped says that they agree themselves."""
    days = rules.privacy.retention_days
    organiser = rules.organiser.name.say(lang)
    purpose = rules.privacy.phone_purpose
    said = {
        "contest": _(
            "Tôi đồng ý để %(organiser)s lưu họ tên, năm sinh, đơn vị và bài làm của tôi để tổ chức cuộc thi, "
            "rồi xóa sau %(days)s ngày. Tôi được dự thi theo thể lệ.",
            organiser=organiser,
            days=days,
        ),
        "phone": _(
            "Tôi đồng ý cho dùng số điện thoại để: %(purpose)s", purpose=purpose.say(lang) if purpose else ""
        ),
        "guardian": _("Tôi là cha mẹ hoặc người giám hộ, và đồng ý cho cháu dự thi."),
    }
    heard, on_paper = (
        _("Tôi đã nghe đọc lời này và tự mình đồng ý."),
        _("Tôi đã đồng ý khi làm bài trên giấy."),
    )
    themselves = {"helper": heard, "paper": on_paper}.get(manner, "")
    return {purpose: f"{text} {themselves}".strip() for purpose, text in said.items()}


def given(form: EntryForm, young: bool) -> Iterator[str]:
    """The purposes that were ticked."""
    if form.consent:
        yield "contest"
    if form.phone.data and form.phone_consent.data:
        yield "phone"
    if young:
        yield "guardian"


def keep_text(purpose: str, rules: Rules, lang: str, manner: str, now: datetime) -> str:
    """The hash under which the very words agreed to are kept."""
    return frozen.keep(texts(rules, lang, manner)[purpose].encode(), now)


def unit_sentence(found: Sequence[Unit], typed: bool) -> str:
    if found:
        return _("Có nhiều đơn vị giống tên này. Hãy chọn một.")
    return (
        _("Chưa tìm thấy đơn vị này. Hãy gõ lại tên xã, phường.") if typed else _("Hãy ghi đơn vị của bạn.")
    )


def phone_sentence() -> str:
    return _("Cuộc thi cần số điện thoại để báo khi bạn có giải.")


def phone_consent_sentence() -> str:
    return _("Hãy đánh dấu đồng ý cho dùng số điện thoại này.")

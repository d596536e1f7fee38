"""The forms people fill in, each fault in a kind sentence beside its field."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from flask import current_app
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException
from wtforms import BooleanField, Field, Form, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from quizlib.bank.fields import CHANNELS
from quizlib.press import UnprintableName, require_printable
from quizlib.web.addresses import public
from quizlib.web.clock import LOCAL, now

PHONE = re.compile(r"0\d{9}")


def tidy(text: str | None) -> str:
    """NFC, on one line, without invisible characters."""
    seen = "".join(
        " " if c.isspace() else c
        for c in text or ""
        if unicodedata.category(c) not in ("Cc", "Cf") or c.isspace()
    )
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def tidy_lines(text: str | None) -> str:
    return "\n".join(map(tidy, (text or "").splitlines())).strip()


def digits(text: str | None) -> str:
    return "".join(str(unicodedata.decimal(c)) for c in text or "" if c.isdecimal())


def printable(form: Form, field: Field) -> None:
    """A certificate will show it, and never with a box for a letter."""
    try:
        require_printable(field.data)
    except UnprintableName as error:
        raise ValidationError(
            _("Tên có ký tự không in được: %(characters)s. Hãy bỏ ký tự đó.", characters=error.characters)
        ) from error


class EntryForm(Form):
    """``unit`` is what was typed, ``unit_code`` what was chosen; "other" keeps the typed words."""

    entry = HiddenField()
    name = StringField(
        _("Họ và tên"),
        filters=[tidy],
        validators=[
            InputRequired(_("Hãy ghi họ và tên.")),
            Length(max=200, message=_("Tên dài quá 200 chữ. Hãy ghi gọn lại.")),
            printable,
        ],
    )
    birth_year = StringField(
        _("Năm sinh"), filters=[digits], validators=[InputRequired(_("Hãy ghi năm sinh, bốn chữ số."))]
    )
    unit = StringField(_("Đơn vị (xã, phường)"), filters=[tidy], validators=[Length(max=200), printable])
    unit_code = StringField(filters=[tidy])
    phone = StringField(_("Số điện thoại"), filters=[digits])
    consent = BooleanField()
    phone_consent = BooleanField()
    guardian = StringField(
        _("Họ tên cha mẹ hoặc người giám hộ"), filters=[tidy], validators=[Length(max=200)]
    )
    guardian_consent = BooleanField()

    def validate_name(self, field: Field) -> None:
        if sum(c.isalpha() for c in field.data) < 2:
            raise ValidationError(_("Hãy ghi họ và tên bằng chữ."))

    def validate_birth_year(self, field: Field) -> None:
        year = int(field.data) if len(field.data) == 4 else 0
        if not 1900 <= year <= this_year():
            raise ValidationError(_("Hãy ghi năm sinh bằng bốn chữ số, ví dụ 1958."))

    def validate_phone(self, field: Field) -> None:
        if field.data and not PHONE.fullmatch(field.data):
            raise ValidationError(_("Số điện thoại gồm 10 chữ số, bắt đầu bằng số 0."))

    def validate_consent(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Cần bạn đồng ý thì cuộc thi mới được lưu bài của bạn."))


class ResumeForm(Form):
    code = StringField(_("Mã làm tiếp (12 chữ số)"), filters=[digits], validators=[InputRequired()])
    birth_year = StringField(_("Năm sinh"), filters=[digits], validators=[InputRequired()])


class LostCodeForm(Form):
    name = StringField(_("Họ và tên"), filters=[tidy], validators=[InputRequired()])
    birth_year = StringField(_("Năm sinh"), filters=[digits], validators=[InputRequired()])
    unit = StringField(_("Đơn vị đã ghi khi vào thi"), filters=[tidy], validators=[InputRequired()])


class ReportForm(Form):
    """``report`` is the signed id that it will have, so that sending twice is telling once."""

    report = HiddenField()
    text = TextAreaField(
        _("Chuyện gì đã xảy ra?"),
        [
            DataRequired(_("Hãy kể vài câu về chuyện đã xảy ra.")),
            Length(max=2000, message=_("Lời kể dài quá 2.000 chữ cái. Hãy kể gọn lại.")),
        ],
        [tidy_lines],
    )
    channel = StringField(
        _("Kẻ gian tìm đến qua"), [AnyOf(("", *CHANNELS), _("Hãy chọn một dòng trong danh sách."))], [tidy]
    )
    contact_used = StringField(
        _("Đường link hoặc số kẻ gian đã dùng"),
        [Length(max=200, message=_("Hãy ghi ngắn hơn 200 chữ cái."))],
        [tidy],
    )


class PrintForm(Form):
    organiser = StringField(
        _("Tên đơn vị"),
        filters=[tidy],
        validators=[Length(max=120, message=_("Tên dài quá 120 chữ. Hãy ghi gọn lại.")), printable],
    )


class HandbookForm(PrintForm):
    topics = SelectMultipleField(validate_choice=False)
    pocket = BooleanField()


class PosterForm(PrintForm):
    """``to`` may be copied from the browser, with what all addresses of this site begin with."""

    to = StringField(
        _("Địa chỉ trang"),
        filters=[tidy, lambda typed: "/" + typed.removeprefix(public("")).lstrip("/")],
        validators=[printable],
    )
    title = StringField(
        _("Dòng chữ lớn"),
        filters=[tidy],
        validators=[Length(min=2, max=90, message=_("Hãy ghi từ 2 đến 90 chữ.")), printable],
    )

    def validate_to(self, field: Field) -> None:
        try:
            current_app.url_map.bind("").match(field.data.removeprefix("/en"))
        except HTTPException as error:
            raise ValidationError(_("Trang này không có địa chỉ ấy. Ví dụ: /practice")) from error


def this_year() -> int:
    moment: datetime = now()
    return moment.astimezone(LOCAL).year


def problems_of(form: Form) -> list[tuple[str, str]]:
    """(field id, sentence) of every fault, for the summary at the top."""
    return [(name, str(messages[0])) for name, messages in form.errors.items() if name]

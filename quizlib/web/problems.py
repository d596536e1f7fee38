"""The one place where a refusal becomes a sentence in the reader's language, and an HTTP status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app, g, render_template, request
from flask_babel import format_datetime
from flask_babel import lazy_gettext as _
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException

from quizlib.errors import FrozenError, Refusal
from quizlib.web.busy import busy
from quizlib.web.language import language
from quizlib.web.tables import db

Page = tuple[str | dict[str, str], int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """``title`` says what happened, ``advice`` what to do now; both may use the refusal's values."""

    status: int
    title: str
    advice: str


PROBLEMS: dict[str, Problem] = {
    "attempts-used": Problem(
        409, _("Bạn đã thi đủ số lần cho phép (%(allowed)s lần)."), _("Bạn vẫn luyện tập được, bao nhiêu lần cũng được.")
    ),
    "bad-response": Problem(
        400, _("Chưa đọc được câu trả lời này."), _("Mời bạn quay lại câu hỏi và chọn lại. Các câu đã lưu vẫn còn.")
    ),
    "barred": Problem(
        403, _("Theo thể lệ, bạn thuộc diện không được dự thi."), _("Bạn vẫn luyện tập được. Cảm ơn bạn đã giúp tổ chức cuộc thi.")
    ),
    "busy": Problem(
        503, _("Nhiều người đang vào cùng lúc."), _("Nếu bạn chưa bắt đầu làm bài, đồng hồ chưa chạy. Các câu đã lưu vẫn còn nguyên.")
    ),
    "cannot-print": Problem(
        404, _("Trang này chưa cài phần in tệp PDF."), _("Người quản trị cài thêm bằng lệnh: pip install 'quizlib[certificates]'.")
    ),
    "code-unknown": Problem(
        404, _("Chưa tìm thấy bài thi với mã và năm sinh này."), _("Hãy xem lại từng số. Nếu mất mã, bạn tìm lại bằng họ tên.")
    ),
    "form-stale": Problem(
        400, _("Trang này đã mở từ trước, hoặc địa chỉ bị chép thiếu."), _("Mời bạn mở lại cuộc thi. Các câu đã lưu vẫn còn.")
    ),
    "guardian-needed": Problem(
        403, _("Bạn dưới %(below)s tuổi nên cần cha mẹ hoặc người giám hộ đồng ý."), _("Mời người lớn cùng điền tiếp.")
    ),
    "handed-on": Problem(
        403, _("Máy này đã chuyển cho người khác."), _("Muốn xem lại bài của mình, hãy dùng mã làm tiếp và năm sinh.")
    ),
    "paper-used": Problem(
        409, _("Bài mang số đề này đã có người nhập."), _("Hãy xem lại số đề. Mỗi tờ đề chỉ nhập được một lần, cho một người.")
    ),
    "not-found": Problem(
        404, _("Không tìm thấy trang này."), _("Địa chỉ có thể bị chép thiếu. Mời bạn về trang đầu, hoặc làm tiếp bằng mã.")
    ),
    "review-unreadable": Problem(
        404, _("Địa chỉ của lịch ôn này bị chép thiếu."), _("Hãy mở lại đúng địa chỉ đã giữ, hoặc luyện vài câu để có lịch mới.")
    ),
    "round-closed": Problem(
        403, _("Vòng thi đã kết thúc lúc %(closes)s."), _("Mời bạn xem bảng xếp hạng, hoặc luyện tập thêm.")
    ),
    "round-not-open": Problem(403, _("Vòng thi chưa mở. Giờ mở: %(opens)s."), _("Trong lúc chờ, mời bạn luyện tập.")),
    "too-many-tries": Problem(
        429, _("Đã thử quá nhiều lần trong ít phút."), _("Hãy nghỉ khoảng 10 phút rồi thử lại. Bài của bạn vẫn còn nguyên.")
    ),
    "too-old": Problem(403, _("Cuộc thi dành cho người từ %(maximum)s tuổi trở xuống."), _("Bạn vẫn luyện tập được.")),
    "too-young": Problem(403, _("Cuộc thi dành cho người từ %(minimum)s tuổi trở lên."), _("Bạn vẫn luyện tập được.")),
    "unit-unknown": Problem(400, _("Chưa chọn đơn vị."), _("Hãy gõ vài chữ của tên xã, phường rồi chọn trong danh sách.")),
}  # fmt: skip


def say(refusal: Refusal) -> tuple[str, str]:
    """Title and advice of a refusal in the language of the page."""
    problem = PROBLEMS[refusal.code]
    values = {name: shown(value) for name, value in refusal.values.items()}
    return str(problem.title) % values, str(problem.advice) % values


def shown(value: object) -> str:
    return format_datetime(value, "HH:mm, dd/MM/yyyy") if isinstance(value, datetime) else str(value)


def problem_page(status: int, title: str, advice: str, code: str = "") -> Page:
    if request.path.startswith("/api/"):
        return {"code": code or "failed", "message": title}, status, {}
    page = render_template("problem.html", page_title=title, title=title, advice=advice, code=code)
    return page, status, {}


def busy_page(refusal: Refusal) -> Page:
    """Light, without the database, and trying again by itself; a script tries again in its own way."""
    (title, advice), wait = say(refusal), str(refusal.values["seconds"])
    status, headers = PROBLEMS["busy"].status, {"Retry-After": wait}
    if request.path.startswith("/api/") or "script" in request.form:
        return {"code": "busy", "message": title, "state": "busy"}, status, headers
    page = render_template("busy.html", page_title=title, title=title, advice=advice, wait=wait)
    return page, status, headers


def install_problems(app: Flask) -> None:
    @app.errorhandler(Refusal)
    def refuse(error: Refusal) -> Page:
        db.session.rollback()
        g.refusal = error.code
        if error.code == "busy":
            return busy_page(error)
        return problem_page(PROBLEMS[error.code].status, *say(error), code=error.code)

    @app.errorhandler(NoConnection)
    def no_connection(error: NoConnection) -> Page:
        """Every connection to the database is in use, and none came back in time."""
        return refuse(busy())

    @app.errorhandler(HTTPException)
    def plain(error: HTTPException) -> Page:
        if error.code == 404:
            return refuse(Refusal("not-found"))
        if error.code == 429:
            return refuse(Refusal("too-many-tries"))
        return broken(error.code or 500)

    @app.errorhandler(FrozenError)
    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Page:
        if app.testing and not isinstance(error, FrozenError):
            raise error
        current_app.logger.error("unexpected", exc_info=error)
        return broken(500)

    def broken(status: int) -> Page:
        db.session.rollback()
        title = str(_("Trang này đang gặp trục trặc."))
        advice = str(_("Các câu trả lời đã lưu vẫn còn. Mời bạn thử lại sau ít phút."))
        assert language()
        return problem_page(status, title, advice)

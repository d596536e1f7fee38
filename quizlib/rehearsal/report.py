"""What a rehearsal came to, in plain words and numbers."""

from __future__ import annotations

from collections import Counter

from quizlib.rehearsal.browser import Figures
from quizlib.rehearsal.crowd import PAUSE, Plan

WORDS = {
    "vi": {
        "rate": "{kind}: {count} lượt, {rate:.0f}/giây; p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms",
        "errors": "Lỗi: {count}. Máy chủ xin chờ: {waits} lần. Câu trả lời đã nhận mà mất: {lost}.",
        "speed": "Chạy hết sức: {start:.0f} lượt bắt đầu/giây, {save:.0f} câu trả lời/giây.",
        "carries": "Máy chủ chịu được chừng {people} người bắt đầu trong {seconds:.0f} giây, còn nửa sức.",
        "same": "Nếu đám đông chạy trên chính máy chủ thì con số thật còn cao hơn.",
    },
    "en": {
        "rate": "{kind}: {count}, {rate:.0f} a second; p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms",
        "errors": "Errors: {count}. Told to wait: {waits} times. Answers received and lost: {lost}.",
        "speed": "At full speed: {start:.0f} starts a second, {save:.0f} saves a second.",
        "carries": "About {people} people may start within {seconds:.0f} s; half its strength is left then.",
        "same": "Where the crowd ran on the server itself, the server alone carries more.",
    },
}


def report(crowd: Figures, probe: Figures, plan: Plan, lang: str) -> list[str]:
    words, errors = WORDS[lang], Counter(crowd.errors + probe.errors)
    lines = [words["rate"].format(kind=kind, **figures(waits)) for kind, waits in crowd.waits.items()]
    lost = len(crowd.lost)
    lines.append(words["errors"].format(count=errors.total(), waits=len(crowd.told_to_wait), lost=lost))
    lines += [f"  {count} x {said}" for said, count in errors.most_common(5)]
    start, save = (figures(probe.waits.get(kind, []))["rate"] for kind in ("start", "save"))
    carried = int(min(start * max(1, plan.start_within), save * sum(PAUSE) / 2) / 2)
    lines.append(words["speed"].format(start=start, save=save))
    lines.append(words["carries"].format(people=carried, seconds=max(1, plan.start_within)))
    return [*lines, words["same"]]


def figures(waits: list[tuple[float, float]]) -> dict[str, float]:
    """How many, how many a second from the first to the last, and three percentiles in milliseconds."""
    if not waits:
        return {"count": 0, "rate": 0.0, "p50": 0.0, "p95": 0.0, "p99": 0.0}
    took, last = sorted(1000 * each for _, each in waits), max(moment + each for moment, each in waits)
    span = last - min(moment for moment, _ in waits)
    shares = {f"p{share}": took[min(len(took) - 1, len(took) * share // 100)] for share in (50, 95, 99)}
    return {"count": len(took), "rate": len(took) / max(span, 0.001), **shares}

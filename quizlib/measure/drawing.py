"""Drawings of results as SVG text: points, bars and curves in one manner, without style attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 360, 64, 48, 36, 16
MARKED, PLAIN = "#b3261e", "#1f5fa8"
STROKES = ("#1f5fa8", "#b3261e", "#2e7d32", "#8e5a00", "#6a3d9a", "#00707a", "#7a7a00", "#555555")
NEARLY = 1e-9
FEW_POINTS, LINE = 15, 13.0  # points that all carry a label; height of a line of text
Range = tuple[float, float]


def scatter(points: Iterable[tuple[float, float, str, bool]], title: str, across: str, upwards: str) -> str:
    """Points (x in 0..1, y in -1..1, label, is marked); of many points only the marked carry a label."""
    found = list(points)
    x_range: Range = (min([0.0, *(x - 0.05 for x, *_ in found)]), 1.0)
    y_range: Range = (min([0.0, *(y - 0.05 for _, y, *_ in found)]), 1.0)
    marks = []
    for x, y, label, is_marked in found:
        left, top, fill = _x(x, x_range), _y(y, y_range), MARKED if is_marked else PLAIN
        name = f"<title>{escape(label)}: {x:.2f}, {y:.2f}</title>"
        marks.append(f'<circle cx="{left:.1f}" cy="{top:.1f}" r="4" fill="{fill}">{name}</circle>')
        if is_marked or len(found) <= FEW_POINTS:
            is_right = left > WIDTH * 0.7  # where a label would leave the picture
            place, anchor = (left - 6, "end") if is_right else (left + 6, "start")
            marks.append(_text(place, top + 4, label, size=11, anchor=anchor))
    return _picture(title, across, upwards, x_range, y_range, marks)


def bars(heights: Sequence[tuple[float, int]], title: str, across: str, upwards: str) -> str:
    """Bars (x, height), at even distances or not."""
    places = [x for x, _ in heights]
    step = min((b - a for a, b in pairwise(places)), default=1.0)
    x_range, y_range = (places[0] - step / 2, places[-1] + step / 2), (0.0, float(max(h for _, h in heights)))
    wide = max(1.0, 0.9 * (_x(step, x_range) - _x(0, x_range)))
    marks = [
        f'<rect x="{_x(x, x_range) - wide / 2:.1f}" y="{_y(height, y_range):.1f}" width="{wide:.1f}" '
        f'height="{_y(0, y_range) - _y(height, y_range):.1f}" fill="{PLAIN}">'
        f"<title>{x:g}: {height}</title></rect>"
        for x, height in heights
    ]
    return _picture(title, across, upwards, x_range, y_range, marks)


def curves(lines: Mapping[str, Sequence[float]], key: str, title: str, across: str, upwards: str) -> str:
    """A line for each option over the ability groups 1, 2, ...; shares 0..1. That of the ``key`` is thick."""
    lines = {name: shares for name, shares in lines.items() if len(shares)}
    groups = max(map(len, lines.values()), default=1)
    x_range, y_range = (0.8, groups + 0.8), (0.0, 1.0)
    marks, free = [], HEIGHT + LINE
    for number, (name, shares) in enumerate(sorted(lines.items(), key=lambda line: line[1][-1])):
        stroke, thick = STROKES[number % len(STROKES)], 4 if name == key else 2
        places = [(_x(group, x_range), _y(y, y_range)) for group, y in enumerate(shares, 1)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        marks.append(f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="{thick}"/>')
        free = min(free - LINE, places[-1][1] + 4)  # names stand apart where lines end together
        marks.append(_text(places[-1][0] + 6, free, name, fill=stroke))
    return _picture(title, across, upwards, x_range, y_range, marks, across_steps=range(1, groups + 1))


def stacked(pictures: Sequence[str]) -> str:
    """Several pictures in one, from top to bottom; a single one as it is."""
    if len(pictures) == 1:
        return pictures[0]
    inner = [each.replace("<svg ", f'<svg y="{place * HEIGHT}" ', 1) for place, each in enumerate(pictures)]
    high = HEIGHT * len(pictures)
    size = f'viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" height="{high}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(inner)}</svg>'


def _picture(
    title: str,
    across: str,
    upwards: str,
    x_range: Range,
    y_range: Range,
    marks: Iterable[str],
    across_steps: Iterable[float] | None = None,
) -> str:
    x_steps = _steps(x_range) if across_steps is None else across_steps
    axes = [_text(_x(at, x_range), HEIGHT - BOTTOM + 16, f"{at:g}", anchor="middle") for at in x_steps]
    for at in _steps(y_range):
        y = _y(at, y_range)
        axes.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="currentColor" stroke-opacity="0.2"/>')
        axes.append(_text(LEFT - 6, y + 4, f"{at:g}", anchor="end"))
    names = [
        _text(WIDTH / 2, HEIGHT - 8, across, anchor="middle"),
        _text(8, TOP - 22, upwards),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" font-family="sans-serif" font-size="12" fill="currentColor">'
        f"<title>{escape(title)}</title>{''.join([*axes, *names, *marks])}</svg>"
    )


def _x(value: float, span: Range) -> float:
    return LEFT + (value - span[0]) / (span[1] - span[0]) * (WIDTH - LEFT - RIGHT)


def _y(value: float, span: Range) -> float:
    return HEIGHT - BOTTOM - (value - span[0]) / (span[1] - span[0]) * (HEIGHT - BOTTOM - TOP)


def _steps(span: Range) -> list[float]:
    """About five round numbers within a range."""
    size = span[1] - span[0]
    power = 10.0 ** floor(log10(size / 6))
    step = next(power * each for each in (1, 2, 5, 10) if size <= 6 * power * each * (1 + NEARLY))
    first, last = ceil(span[0] / step - NEARLY), floor(span[1] / step + NEARLY)
    return [round(number * step, 9) for number in range(first, last + 1)]


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 12, fill: str = "") -> str:
    colour = f' fill="{fill}"' if fill else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f"<text {place}{colour}>{escape(text)}</text>"

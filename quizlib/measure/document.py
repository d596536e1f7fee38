"""A report as parts, for a terminal and as one page that needs no other file and prints on A4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import fill

from quizlib.measure.printing import text_table
from quizlib.measure.wording import figure

WIDTH = 100  # letters of a line in a terminal
STYLE = """
@page { size: A4; margin: 15mm }
body { max-width: 50rem; margin: 0 auto; padding: 1rem; font: 1.05rem/1.5 sans-serif; color: #1a1a1a;
  background: #fff }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere; break-after: avoid }
h1 { font-size: 1.7rem }
h2 { margin-top: 2.5rem; border-bottom: 2px solid }
h3 { margin: 1.5rem 0 0 }
.amber, .red { padding-left: .6rem; border-left: .4rem solid #b26a00 }
.red { border-color: #b3261e }
p { margin: .4rem 0 }
figure { margin: 1rem 0; break-inside: avoid }
figcaption { font-weight: bold }
svg { display: block; width: 100%; max-width: 40rem; height: auto }
.table { overflow-x: auto }
table { border-collapse: collapse; font-size: .85rem }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { padding: .2rem .5rem; border-bottom: 1px solid #ccc; text-align: left; vertical-align: top }
td:first-child { min-width: 9rem }
td.number { text-align: right; white-space: nowrap }
@media screen and (max-width: 40rem) { svg text { font-size: 18px } }
@media print { body { max-width: none; padding: 0; font-size: 10pt } .table { overflow: visible } }
"""
MARKS = {"": "", "amber": "! ", "red": "!! "}  # before a title: colours alone tell not everybody


@dataclass(frozen=True, slots=True)
class Part:
    """``table`` has its header first; ``drawings`` are (caption, SVG); ``grade`` is "", "amber" or "red"."""

    title: str
    lines: Sequence[str] = ()
    table: Sequence[Sequence[str]] = ()
    drawings: Sequence[tuple[str, str]] = ()
    parts: Sequence[Part] = ()
    grade: str = ""


def as_text(parts: Iterable[Part]) -> str:
    """Without the drawings."""
    return "\n\n".join(block for part in parts for block in _blocks(part))


def _blocks(part: Part) -> Iterator[str]:
    yield "\n".join([part.title.upper(), *(fill(line, WIDTH) for line in part.lines)])
    for each in part.parts:
        lines = [fill(line, WIDTH, initial_indent="   ", subsequent_indent="   ") for line in each.lines]
        yield "\n".join([MARKS[each.grade] + each.title, *lines])
    if part.table:
        yield text_table(part.table[0], part.table[1:])


def as_page(title: str, parts: Iterable[Part], lang: str) -> str:
    """HTML without scripts, everything escaped."""
    body = "\n".join(line for part in parts for line in _section(part, 2))
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>{head}\n<title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head>\n<body>\n<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def _section(part: Part, level: int) -> Iterator[str]:
    grade = f' class="{part.grade}"' if part.grade else ""
    yield f"<h{level}{grade}>{MARKS[part.grade]}{escape(part.title)}</h{level}>"
    yield from (f"<p>{escape(line)}</p>" for line in part.lines)
    yield from (
        f"<figure><figcaption>{escape(said)}</figcaption>{svg}</figure>" for said, svg in part.drawings
    )
    for each in part.parts:
        yield from _section(each, level + 1)
    if part.table:
        yield from _table(part.table)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    yield f'<div class="table"><table><thead><tr>{heads}</tr></thead><tbody>'
    yield from (f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[1:])
    yield "</tbody></table></div>"


def _cell(cell: str) -> str:
    is_number = cell[:1] in "-–" or cell.replace(",", "").replace(".", "").isdecimal()
    return f'<td class="number">{escape(cell)}</td>' if cell and is_number else f"<td>{escape(cell)}</td>"


# -- figures as people write them


def percent(share: float | None, lang: str) -> str:
    return figure(None if share is None else 100 * share, lang, ".0f")


def points(value: float, lang: str) -> str:
    """One decimal, where it is not 0."""
    return figure(value, lang, ".0f" if abs(value - round(value)) < 0.05 else ".1f")

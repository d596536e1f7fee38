"""The English of the pages: complete, with the same placeholders, and compiled as it is written."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

WEB = Path(__file__).parents[2] / "quizlib" / "web"
MAPPING = WEB / "translations" / "babel.cfg"
ENGLISH = WEB / "translations" / "en" / "LC_MESSAGES"
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z%]")
SAID = re.compile(r"""\b_\(("[^"]*"|'[^']*')""")
VIETNAMESE = re.compile("[À-ỹ]")  # every letter with a mark of Vietnamese lies in this range
NAME_OF_THE_LANGUAGE = "Tiếng Việt"  # a language is offered by its own name

Texts = tuple[str, ...]

every_template = pytest.mark.parametrize(
    "template", sorted(WEB.glob("templates/**/*.html")), ids=lambda path: str(path.relative_to(WEB))
)


def test_the_catalogue_holds_every_sentence_of_the_pages_and_no_other():
    assert english().keys() - extracted() == set()
    assert extracted() - english().keys() == set()


def test_every_sentence_has_its_english():
    assert [ids for ids, strings in english().items() if not all(strings)] == []


def test_nothing_is_doubtful_or_left_over():
    catalogue = written()

    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert list(catalogue.obsolete) == []


def test_placeholders_are_those_of_the_vietnamese():
    wrong = [
        (ids[0], string)
        for ids, strings in english().items()
        for string in strings
        if placeholders(string) != placeholders(ids[0])
    ]

    assert wrong == []


def test_the_english_has_no_vietnamese_letter():
    assert [text for strings in english().values() for text in strings if VIETNAMESE.search(text)] == []


def test_the_compiled_catalogue_says_what_the_written_one_says():
    with (ENGLISH / "messages.mo").open("rb") as file:
        compiled = read_mo(file)

    assert texts_of(compiled) == english()
    assert compiled.plural_expr == written().plural_expr


def test_no_sentence_hides_where_extraction_cannot_see_it():
    """Inside an f-string, for one: Python 3.11 reads that as a single word."""
    known = {text for ids in extracted() for text in ids}

    hidden = [text for path in sorted(WEB.rglob("*.py")) for text in said(path) if text not in known]

    assert hidden == []


@every_template
def test_a_template_says_nothing_vietnamese_past_the_catalogue(template: Path):
    source = COMMENT.sub("", template.read_text(encoding="utf-8")).replace(NAME_OF_THE_LANGUAGE, "")

    assert [line.strip() for line in SAID.sub("", source).splitlines() if VIETNAMESE.search(line)] == []


@cache
def extracted() -> frozenset[Texts]:
    """The ids in the sources: one text, or two where number decides."""
    with MAPPING.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for _file, _line, message, _comments, _context in extract_from_dir(WEB, methods, options, KEYWORDS):
        found.add(message)
    return frozenset(together(message.id) for message in found if message.id)


@cache
def written() -> Catalog:
    with (ENGLISH / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def english() -> dict[Texts, Texts]:
    return texts_of(written())


def texts_of(catalogue: Catalog) -> dict[Texts, Texts]:
    return {together(message.id): together(message.string) for message in catalogue if message.id}


def together(texts: str | Iterable[str]) -> Texts:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def said(path: Path) -> Iterator[str]:
    """What a module gives to gettext, read from its syntax tree."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            yield from (each.value for each in node.args[:1] if isinstance(each, ast.Constant))

"""The documents keep their word: their code runs, their links, paths, targets and names exist."""

import os
import re
import subprocess
import sys
import textwrap
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import quizlib
from quizlib.bank.lint import lint
from quizlib.bank.reader import load_bank
from quizlib.bank.starter import write_starter
from quizlib.exam.draw import draw

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
every_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(document: str | Path, language: str) -> list[str]:
    """The code blocks of a document in one language, without the indent of the list they stand in."""
    text = (ROOT / document).read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(code) for _, code in found]


def run_bare(code: str, hash_seed: str = "0") -> str:
    """What the code prints in a Python without any installed package."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": hash_seed,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-S", "-W", "error", "-c", code],
        env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def own_page() -> FlaskClient:
    """A browser on the README's page of one's own."""
    names: dict[str, Any] = {"__name__": "page"}
    exec(blocks("README.md", "python")[1], names)
    client: FlaskClient = names["app"].test_client()
    return client


def test_the_eight_lines_print_what_the_readme_says_without_any_extra() -> None:
    code, said = blocks("README.md", "python")[0], blocks("README.md", "text")[0]

    printed = run_bare(f"{code}\nimport sys\nassert 'flask' not in sys.modules")

    assert printed == said
    assert len([line for line in code.splitlines() if line]) == 8


def test_the_seed_of_the_eight_lines_gives_one_paper_everywhere() -> None:
    code = blocks("README.md", "python")[0]

    digests = {run_bare(f"{code}\nprint(paper.digest)", hash_seed) for hash_seed in ("0", "1")}

    assert len(digests) == 1


def test_a_page_of_ones_own_shows_the_paper_without_its_secrets() -> None:
    paper = draw(load_bank("scam_awareness", "en"), "quick", "lan")

    page = unescape(own_page().get("/lan").get_data(as_text=True))

    assert page.count("<fieldset>") == len(paper.items)
    assert page.count('type="radio"') == sum(len(item.options) for item in paper.items)
    secrets = [item.explanation for item in paper.items]
    secrets += [option.rationale for item in paper.items for option in item.options]
    assert not [secret for secret in secrets if secret in page]


@pytest.mark.parametrize(("blank", "heading"), [(0, "5/5"), (2, "3/5"), (5, "0/5")])
def test_a_page_of_ones_own_marks_what_is_posted(blank: int, heading: str) -> None:
    paper = draw(load_bank("scam_awareness", "en"), "quick", "lan")
    answers = {item.id: item.key[0] for item in paper.items[blank:]}

    reply = own_page().post("/lan", data=answers)

    page = reply.get_data(as_text=True)
    assert reply.status_code == 200
    assert f"<h1>{heading}</h1>" in page
    assert page.count("<p>") == len(paper.items)


def test_every_public_name_is_told_at_a_glance() -> None:
    glance = text("README.md").partition("## Import at a glance")[2].partition("\n## ")[0]

    cells = re.findall(r"^\| (`.*?) \|", glance, re.MULTILINE)
    told = [name for cell in cells for name in re.findall(r"`(\w+)", cell)]

    assert sorted(told) == sorted(quizlib.__all__)


def test_the_recipe_of_a_question_gives_a_sound_item_in_both_languages(tmp_path: Path) -> None:
    folder = tmp_path / "our-village"
    write_starter(folder)
    item, overlay = blocks("CONTRIBUTING.md", "toml")
    with (folder / "first-topic.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{item}")
    (folder / "first-topic.en.toml").write_text(overlay, encoding="utf-8")

    bank = load_bank(folder, "en")

    assert bank.by_id["our-village-courier"].lang == "en"
    assert lint(bank, date(2027, 1, 1)) == ()


@every_document
def test_links_lead_to_files_and_headings(path: Path) -> None:
    links = re.findall(r"\]\((?!https?://)([^)]+)\)", path.read_text(encoding="utf-8"))

    broken = [link for link in links if not leads_somewhere(path, link)]

    assert broken == []


def leads_somewhere(document: Path, link: str) -> bool:
    name, _, heading = link.partition("#")
    target = document.parent / name if name else document
    if not target.exists() or not heading:
        return target.exists()
    headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
    return heading in {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


@every_document
def test_paths_that_are_named_are_there(path: Path) -> None:
    named = re.findall(r"`((?:quizlib|tests|docs|migrations)/[^`<>*\s]*)`", path.read_text(encoding="utf-8"))

    missing = [name for name in named if not (ROOT / name).exists()]

    assert missing == []


@every_document
def test_targets_that_are_named_are_in_the_makefile(path: Path) -> None:
    known = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))

    commands = [*blocks(path, "sh"), *re.findall(r"`[^`\n]+`", path.read_text(encoding="utf-8"))]
    named = {target for command in commands for target in re.findall(r"\bmake ([a-z]+)", command)}

    assert named <= known

"""Practice with the things themselves: shown, inspected, answered without scripts, then explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

import quizlib.web
from quizlib.bank.bank import Bank
from quizlib.bank.fields import CHANNELS, UNSCORED_KINDS
from quizlib.bank.item import Item, Response
from quizlib.bank.kinds import KINDS
from quizlib.bank.kinds.scenario import walked
from quizlib.bank.reader import load_bank
from quizlib.exam.paper import Paper
from quizlib.exam.score import mark
from quizlib.learn.practice import Wish, practice_paper
from quizlib.web.door import READERS
from quizlib.web.item_wording import channel_name, tour, tour_numbers
from quizlib.web.tokens import answer_tokens
from tests.builders import a_judge_table
from tests.web.contest import bank_document, open_contest
from tests.web.contestant import Contestant, Page

TEMPLATES = Path(quizlib.web.__file__).parent / "templates"
BANK = "scam_awareness"
EVERY_KIND = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in UNSCORED_KINDS])
SEEING = pytest.mark.parametrize("kind", ["judge", "clues", "action"])
SPACE = re.compile(r"\s+")


@cache
def bank() -> Bank:
    return load_bank(BANK)


@dataclass(frozen=True)
class Place:
    """A question of a practice paper: the paper's address, and where in it the question stands."""

    root: str
    paper: Paper
    number: int

    @property
    def item(self) -> Item:
        return self.paper.items[self.number - 1]

    @property
    def address(self) -> str:
        return f"{self.root}/{self.number}"


def place_of(kind: str) -> Place:
    return next(places(kind))


def places(kind: str) -> Iterator[Place]:
    """Where items of this kind are asked, each item once, in papers of five."""
    wanted = [item for item in bank().items if item.kind == kind]
    for item in wanted:
        for seed in map(str, range(200)):
            paper = practice_paper(bank(), Wish(item.topic), seed)
            ids = [each.id for each in paper.items]
            if item.id in ids:
                yield Place(f"/practice/{BANK}/{item.topic}/{seed}", paper, ids.index(item.id) + 1)
                break


def fields(app: Flask, number: int, item: Item, response: Response) -> dict[str, object]:
    """What a browser sends for a response to an item; a scenario's next choice alone."""
    tokens, name = answer_tokens(app.config["SETTINGS"].secret, item), f"q{number}"
    if item.kind == "order":
        return {f"{name}-{tokens[each]}": str(place) for place, each in enumerate(response, 1)}
    if item.kind == "number":
        return {name: response[0].replace(".", ",") if response else ""}
    if item.kind == "judge":
        return {name: tokens[response[0]], f"{name}-sure": response[1]}
    return {name: [tokens[each] for each in response]}


def answer(app: Flask, person: Contestant, number: int, item: Item, response: Response) -> Page:
    """Answer the question before them, a scenario step by step; the fields have to be on the page."""
    for given in [(each,) for each in response] if item.kind == "scenario" else [response]:
        sent = fields(app, number, item, given)
        offered = {each.name for each in person.page.forms[0].controls}
        assert sent.keys() <= offered, person.page.text
        person.press(**sent)
    return person.page


def follow(person: Contestant, words: str) -> Page:
    """The link that says so."""
    found = re.search(rf'href="([^"]+)">{words}</a>', person.page.source)
    assert found, person.page.text
    return person.open(unescape(found[1]))


def plain(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def source_of(page: Page) -> str:
    """All that came, markup included, as the author wrote it."""
    return SPACE.sub(" ", unescape(page.source))


@pytest.fixture
def reader(app: Flask) -> Contestant:
    """Somebody who practises; no contest is open."""
    return Contestant(app)


# -- one place for each new thing


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_has_its_template_and_a_name_in_both_languages(app: Flask, channel: str) -> None:
    names = []
    for lang in ("vi", "en"):
        with app.test_request_context("/", environ_overrides={"quizlib.lang": lang}):
            names.append(channel_name(channel))

    assert (TEMPLATES / "stimuli" / f"{channel}.html").is_file()
    assert all(names) and names[0] != names[1]


def test_no_template_of_a_channel_is_left_over() -> None:
    found = {path.stem for path in (TEMPLATES / "stimuli").glob("*.html")}

    assert found == {*CHANNELS, "parts"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_template_and_is_read_from_a_form(kind: str) -> None:
    assert (TEMPLATES / "items" / f"{kind}.html").is_file()
    assert kind in READERS
    assert READERS.keys() == KINDS.keys()


# -- the way through a practice


@EVERY_KIND
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_kind_is_practised_without_scripts_up_to_the_report(app: Flask, kind: str, prefix: str) -> None:
    place, person = place_of(kind), Contestant(app)
    items = place.paper.items if not prefix else place.paper.items_in("en")
    person.open(f"{prefix}{place.root}/1")

    for number, item in enumerate(items, 1):
        if number == place.number:
            assert plain(item.stem) in person.page.text
        answer(app, person, number, item, key_written(item))
        assert ("Bạn làm đúng" if not prefix else "✓") in person.page.text
        links = [each for each in person.page.links if f"{place.root}/" in each and "a=" in each]
        person.open(unescape(links[-1]))

    assert person.page.address.startswith(f"{prefix}{place.root}/report?")
    if not prefix:
        most = place.paper.max_points
        assert f"{most}/{most} điểm" in person.page.text


def key_written(item: Item) -> Response:
    """The key, numbers as the item's language writes them."""
    if item.kind == "number" and item.lang == "en":
        return (item.key[0],)
    return item.key


@EVERY_KIND
def test_a_reload_of_any_address_works(app: Flask, reader: Contestant, kind: str) -> None:
    place = place_of(kind)
    addresses = [f"/practice/{BANK}/{place.item.topic}", place.address]
    reader.open(place.address)
    answer(app, reader, place.number, place.item, place.item.key)
    addresses += [
        reader.page.address,
        *(each for each in map(unescape, reader.page.links) if "/practice" in each),
    ]
    addresses.append(f"{place.root}/report")

    statuses = {address: reader.open(address).status for address in addresses}

    assert set(statuses.values()) == {200}, statuses


def test_the_question_after_a_reload_still_knows_the_answers_before(app: Flask, reader: Contestant) -> None:
    place = place_of("judge")
    reader.open(f"{place.root}/1")
    answer(app, reader, 1, place.paper.items[0], place.paper.items[0].key)
    follow(reader, "Câu tiếp theo")

    again = reader.open(reader.page.address)

    assert "a=" in again.forms[0].action
    report = reader.open(again.address.replace("/2?", "/report?"))
    assert f"{place.paper.items[0].points}/{place.paper.max_points} điểm" in report.text


def test_an_answer_out_of_turn_is_counted_for_its_own_question(app: Flask, reader: Contestant) -> None:
    place = place_of("judge")
    last = place.paper.items[-1]
    reader.open(f"{place.root}/{len(place.paper.items)}")
    answer(app, reader, len(place.paper.items), last, last.key)

    report = follow(reader, "Xem tổng kết")

    assert f"{last.points}/{place.paper.max_points} điểm" in report.text


@pytest.mark.parametrize("channel", CHANNELS)
def test_wishing_for_a_channel_leads_to_a_question_about_it_or_to_another(
    reader: Contestant, channel: str
) -> None:
    page = reader.open(f"/practice/choose?what={BANK}/after-a-scam&channel={channel}&length=10")

    assert page.status == 200
    assert page.forms


# -- what is shown before and after marking


@SEEING
def test_inspecting_shows_details_and_nothing_shows_secrets_before_marking(
    reader: Contestant, kind: str
) -> None:
    details = 0
    for place in places(kind):
        item, source = place.item, source_of(reader.open(place.address))
        parts = item.stimulus.parts if item.stimulus else ()
        details += sum(bool(part.detail) for part in parts)
        secrets = [item.explanation, *(clue.text for clue in item.clues)]
        secrets += [option.rationale for option in item.options]

        assert [part.detail for part in parts if part.detail and plain(part.detail) not in source] == []
        assert [secret for secret in secrets if plain(secret) in source] == []
        assert "Thủ đoạn" not in source and "Đây là lừa đảo" not in source

    assert details or kind == "action"


@pytest.mark.parametrize("prefix", ["", "/en"])
@SEEING
def test_what_it_meant_is_told_with_the_mark(app: Flask, kind: str, prefix: str) -> None:
    place, person = place_of(kind), Contestant(app)
    item = place.paper.items_in("en" if prefix else "vi")[place.number - 1]
    person.open(prefix + place.address)

    answer(app, person, place.number, item, item.key)

    told = [item.explanation, *(clue.text for clue in item.clues)]
    told += [option.rationale for option in item.options]
    assert [text for text in told if plain(text) not in source_of(person.page)] == []


def test_tokens_and_not_ids_stand_on_the_page(reader: Contestant) -> None:
    place = place_of("clues")

    source = reader.open(place.address).source

    assert [part.id for part in place.item.stimulus.parts if f'value="{part.id}"' in source] == []  # type: ignore[union-attr]


def test_a_verdict_without_how_sure_is_asked_for_again(app: Flask, reader: Contestant) -> None:
    place = place_of("judge")
    reader.open(place.address)
    sent = fields(app, place.number, place.item, place.item.key)

    page = reader.press(**sent | {f"q{place.number}-sure": None})

    assert page.status == 422
    assert "Chưa đọc được câu trả lời này" in page.text


@EVERY_KIND
def test_leaving_a_question_blank_shows_how_it_is(reader: Contestant, kind: str) -> None:
    place = place_of(kind)
    reader.open(place.address)

    page = reader.press()

    assert page.status == 200
    assert kind == "scenario" or "Bạn chưa trả lời câu này" in page.text


# -- clues


def test_the_tour_numbers_what_was_missed_first(app: Flask, reader: Contestant) -> None:
    place = next(each for each in places("clues") if len(each.item.key) > 1)
    item, found = place.item, place.item.clues[0].part
    reader.open(place.address)

    page = answer(app, reader, place.number, item, (found,))

    marked = mark(item, (found,))
    numbers = tour_numbers(item, marked)
    assert sorted(numbers.values()) == list(range(1, len(item.clues) + 1))
    assert numbers[found] == len(item.clues)
    assert [missed for _, _, missed in tour(item, marked)] == [*[True] * (len(item.clues) - 1), False]
    told = [page.text.index(plain(clue.text)) for _, clue, _ in tour(item, marked)]
    assert told == sorted(told)
    assert page.text.count("chỗ này dễ bỏ qua") == len(item.clues) - 1


def test_only_marking_can_miss_a_clue(app: Flask, reader: Contestant) -> None:
    place = place_of("judge")
    wrong = "genuine" if place.item.verdict == "scam" else "scam"
    reader.open(place.address)

    page = answer(app, reader, place.number, place.item, (wrong, "4"))

    assert "chỗ này dễ bỏ qua" not in page.text
    assert "Câu này nhiều người cũng nhầm" in page.text


# -- scenarios


def test_a_scenario_shows_one_step_at_a_time(app: Flask, reader: Contestant) -> None:
    for place in places("scenario"):
        item = place.item
        reader.open(place.address)
        taken: list[str] = []
        for step, choice in walked(item, item.key):
            source = source_of(reader.page)
            met = {each.id for each, _ in walked(item, tuple(taken))} | {step.id}

            assert plain(step.text) in source
            assert [each.id for each in item.steps if each.id not in met and plain(each.text) in source] == []
            assert [each.says for each in choices_of(item) if plain(each.says) in source] == []
            assert plain(item.explanation) not in source

            reader.press(**fields(app, place.number, item, (choice.id,)))
            taken.append(choice.id)
        assert "Bạn làm đúng" in reader.page.text


def choices_of(item: Item) -> list:
    return [choice for step in item.steps for choice in step.choices]


def worst_path(item: Item) -> Response:
    """The costliest choice at each step."""
    path: list[str] = []
    step = item.steps[0]
    while True:
        choice = max(step.choices, key=lambda each: (each.cost, -each.points))
        path.append(choice.id)
        if not choice.next:
            return tuple(path)
        step = next(each for each in item.steps if each.id == choice.next)


def test_a_story_that_went_wrong_says_where_and_what_it_cost(app: Flask, reader: Contestant) -> None:
    costly = 0
    for place in places("scenario"):
        item, path = place.item, worst_path(place.item)
        reader.open(place.address)

        page = answer(app, reader, place.number, item, path)

        taken = walked(item, path)
        cost = sum(choice.cost for _, choice in taken)
        costly += bool(cost)
        slip = next(
            step for step, choice in taken if choice.points < max(each.points for each in step.choices)
        )
        after = page.source[page.source.index('class="slip"') :]
        assert page.text.count("Bước này nên dừng lại") == 1
        assert plain(slip.text) in plain(unescape(after[: after.index("</li>")]))
        assert all(plain(choice.says) in page.text for _, choice in taken)
        if cost:
            assert f"mất {cost:,} đồng".replace(",", ".") in page.text
        else:
            assert "Bạn không mất đồng nào" in page.text

    assert costly


def test_a_step_of_a_story_sent_twice_is_one_step(app: Flask, reader: Contestant) -> None:
    place = place_of("scenario")
    first = place.item.key[0]
    reader.open(place.address)
    reader.press(**fields(app, place.number, place.item, (first,)))
    once = reader.page.text

    again = reader.press(**fields(app, place.number, place.item, (first,)))

    assert (again.status, again.text) == (200, once)


def test_a_step_of_a_story_cannot_be_taken_back(app: Flask, reader: Contestant) -> None:
    place = place_of("scenario")
    item = place.item
    other = next(each.id for each in item.steps[0].choices if each.id != item.key[0])
    reader.open(place.address)
    reader.press(**fields(app, place.number, item, (item.key[0],)))

    page = reader.press(**fields(app, place.number, item, (other,)))

    assert page.status == 422
    assert plain(walked(item, item.key)[1][0].text) in page.text


# -- addresses that somebody else has written


JUNK = [
    "a=~~~~~~~~~~~~", "a=%00", "a=scam", "a=scam,9~genuine,x", "a=,,,,", "a=zzz~%F0%9F%98%80~s1-end",
    "a=1e999~NaN~--1", "a=" + "~" * 500, "a=a&a=b", "a[]=1", "a=%FF%FE", "a=scam,4,4~from,from~text",
    "path=zzz", "path=...", "path=%00.%FF", "length=-1", "length=x&channel=zzz&tactics=,,zzz,urgency",
    "after=zzz", "after=%00&tactics=fear", "size=huge", "channel=sms&after=1&a=~",
]  # fmt: skip


@pytest.mark.parametrize("query", JUNK)
def test_an_unreadable_address_never_breaks_a_page(reader: Contestant, query: str) -> None:
    place = place_of("scenario")

    statuses = [reader.open(f"{place.root}/{page}?{query}").status for page in (1, place.number, "report")]

    assert set(statuses) <= {200, 404}


@pytest.mark.parametrize("kind", ["scenario", "choice", "judge"])
@pytest.mark.parametrize("shape", ["last", "twice", "backwards", "foreign", "everything"])
def test_a_path_that_is_no_walk_never_breaks_a_page(
    app: Flask, reader: Contestant, kind: str, shape: str
) -> None:
    place = place_of(kind)
    tokens = list(answer_tokens(app.config["SETTINGS"].secret, place.item).values())
    path = {
        "last": tokens[-1],
        "twice": f"{tokens[0]}.{tokens[0]}",
        "backwards": ".".join(tokens[::-1]),
        "foreign": "zzz.\0.é",
        "everything": ".".join(tokens),
    }[shape]

    pages = [
        reader.post(f"{place.address}?a=~~&path={path[:40]}", path=path, **{f"q{place.number}": given})
        for given in ("", "zzz", tokens[0], tokens[-1])
    ]

    assert {page.status for page in pages} <= {200, 422}


@pytest.mark.parametrize(
    "address", ["zzz/any/1/1", f"{BANK}/zzz/1/1", f"{BANK}/any/1/0", f"{BANK}/any/1/99", f"{BANK}/any/1/x"]
)
def test_what_does_not_exist_is_not_found(reader: Contestant, address: str) -> None:
    assert reader.open(f"/practice/{address}").status == 404


# -- telling scams from genuine things


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        ("scam", "Bạn ngờ hầu hết mọi thứ. Cẩn thận là tốt; hãy tập cách kiểm tra để không lỡ điều thật."),
        ("genuine", "Bạn tin hầu hết mọi thứ. Hãy tập dừng lại và kiểm tra trước khi bấm."),
    ],
)
def test_a_practice_in_which_everything_is_called_alike_says_so_kindly(
    app: Flask, reader: Contestant, verdict: str, sentence: str
) -> None:
    seed, paper = next(
        (seed, paper)
        for seed in map(str, range(50))
        if len(judged(paper := practice_paper(bank(), Wish("fake-officials", length=10), seed))) == 2
    )
    reader.open(f"/practice/{BANK}/fake-officials/{seed}/1?length=10")
    for number, item in enumerate(paper.items, 1):
        response = (verdict, "3") if item.kind == "judge" else item.key
        answer(app, reader, number, item, response)
        follow(reader, "Câu tiếp theo" if number < len(paper.items) else "Xem tổng kết")

    assert sentence in reader.page.text
    assert "Bạn phân biệt thật, giả thế nào?" in reader.page.text


def judged(paper: Paper) -> set[str]:
    """The verdicts among the things to be judged."""
    return {item.verdict for item in paper.items if item.kind == "judge"}


def test_a_paper_of_ten_in_which_everything_is_a_scam_earns_half_and_a_kind_word(app: Flask) -> None:
    tables = [a_judge_table(f"judge-{n}", "scam" if n < 5 else "genuine") for n in range(10)]
    open_contest(app, bank_document(*tables))
    person = Contestant(app)
    person.enter()
    person.start()
    tokens = {n: dict(zip(("scam", "genuine"), verdicts(person.ask(n)), strict=True)) for n in range(1, 11)}
    for number in range(1, 11):
        person.ask(number)
        person.press(**{f"q{number}": tokens[number]["scam"], f"q{number}-sure": "4", "go": "next"})

    person.submit()

    assert "5/10 điểm" in person.page.text
    assert "Bạn ngờ hầu hết mọi thứ. Cẩn thận là tốt" in person.page.text
    assert re.findall(r"bạn nhận ra (\d/\d)", person.page.text) == ["5/5", "0/5"]


def verdicts(page: Page) -> list[str]:
    """The tokens of scam and genuine, in the order shown."""
    return [each.value for each in page.forms[0].controls if re.fullmatch(r"q\d+", each.name)]


def test_too_few_judgements_say_nothing_of_anybody(app: Flask, reader: Contestant) -> None:
    place = place_of("choice")

    page = reader.open(f"{place.root}/report")

    assert "Bạn phân biệt thật, giả thế nào?" not in page.text

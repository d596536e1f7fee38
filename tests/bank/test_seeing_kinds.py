"""What every kind keeps to, and what can be wrong with those that show the thing itself."""

from __future__ import annotations

from itertools import chain, combinations, permutations

import pytest

from quizlib.bank.decode import decode
from quizlib.bank.fields import ITEM, UNSCORED, VERDICTS
from quizlib.bank.item import Item, Response
from quizlib.bank.kinds import KINDS
from quizlib.bank.kinds.judge import SURENESS
from quizlib.bank.kinds.scenario import current_step
from quizlib.bank.schemes import SCHEMES
from quizlib.errors import Refusal
from quizlib.exam.score import mark
from tests.builders import (
    Raw,
    a_bank,
    a_clues_table,
    a_comment_table,
    a_document,
    a_judge_table,
    a_scale_table,
    a_scenario_table,
    an_action_table,
    an_item_table,
    an_overlay,
    choice_table,
    clue_tables,
    one_of_each_kind,
    option_tables,
    step_table,
)

ITEMS = {item.kind: item for item in a_bank(*one_of_each_kind()).items}
EVERY_KIND = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
ANSWERS = {
    "choice": ("a", "b", "c"),
    "multiple": ("a", "b", "c"),
    "order": ("a", "b", "c"),
    "number": (),
    "judge": ("scam", "genuine"),
    "clues": ("from", "text"),
    "action": ("a", "b", "c"),
    "scenario": ("a", "b", "c", "d", "e", "f"),
    "scale": ("1", "2", "3", "4", "5"),
    "comment": (),
}
PATHS = [("a", "e"), ("a", "f"), ("b", "c", "e"), ("b", "c", "f"), ("b", "d", "e"), ("b", "d", "f")]

# (kind, a response in its one stored shape, what a person may have sent for it)
READ = [
    ("judge", ("genuine", "1"), ("genuine", "1")),
    ("clues", ("from", "text"), ("text", "from")),
    ("clues", ("text",), ("text",)),
    ("action", ("c",), ("c",)),
    ("scenario", ("b", "d"), ("b", "d")),
    ("scenario", ("b", "d", "f"), ("b", "d", "f")),
]
REFUSED = [
    ("judge", ("scam",)),
    ("judge", ("scam", "5")),
    ("judge", ("scam", "")),
    ("judge", ("none", "4")),
    ("judge", ("4", "scam")),
    ("judge", ("scam", "4", "4")),
    ("clues", ("text", "from")),
    ("clues", ("text", "text")),
    ("clues", ("text", "z")),
    ("action", ("a", "b")),
    ("action", ("z",)),
    ("scenario", ("z",)),
    ("scenario", ("e",)),
    ("scenario", ("a", "c")),
    ("scenario", ("a", "b")),
    ("scenario", ("a", "a")),
    ("scenario", ("a", "e", "e")),
]


def test_every_kind_is_tried_here() -> None:
    assert ITEMS.keys() == KINDS.keys() == ANSWERS.keys()


@EVERY_KIND
def test_the_key_is_a_full_mark_response(item: Item) -> None:
    kind = KINDS[item.kind]

    kind.check(item, item.key)

    assert list(kind.flaws(item)) == []
    assert mark(item, item.key).points == item.points


@EVERY_KIND
def test_blank_is_a_response_and_earns_nothing(item: Item) -> None:
    kind = KINDS[item.kind]

    kind.check(item, ())

    assert mark(item, ()).points == 0


@EVERY_KIND
def test_the_ids_an_answer_is_made_of_are_told_each_once(item: Item) -> None:
    assert KINDS[item.kind].answers(item) == ANSWERS[item.kind]


@EVERY_KIND
@pytest.mark.parametrize("foreign", [("zzz",), ("",), ("zzz", "4"), ("\0",)])
def test_what_is_no_id_of_the_item_is_refused(item: Item, foreign: Response) -> None:
    if item.kind == "comment" and foreign == ("zzz",):
        return  # words

    with pytest.raises(Refusal) as refusal:
        KINDS[item.kind].check(item, foreign)

    assert (refusal.value.code, refusal.value.values) == ("bad-response", {"item": item.id})


@pytest.mark.parametrize(("kind", "response"), REFUSED)
def test_any_other_shape_is_refused_at_the_door_and_by_the_reader(kind: str, response: Response) -> None:
    item = ITEMS[kind]

    with pytest.raises(Refusal):
        KINDS[kind].check(item, response)

    if kind != "clues" or "z" in response:
        with pytest.raises(Refusal):
            KINDS[kind].read(item, response)


@pytest.mark.parametrize(("kind", "response", "sent"), READ)
def test_what_is_sent_is_read_into_the_stored_shape(kind: str, response: Response, sent: Response) -> None:
    item = ITEMS[kind]

    read = KINDS[kind].read(item, sent)

    KINDS[kind].check(item, read)
    assert read == response


@EVERY_KIND
def test_marks_are_whole_and_never_below_zero_nor_above_the_points(item: Item) -> None:
    shares = [SCHEMES[item.scheme].share(item, response) for response in responses(item)]

    earned = [share * item.points for share in shares]

    assert all(points.denominator == 1 and 0 <= points <= item.points for points in earned)
    assert max(earned) == item.points


@EVERY_KIND
def test_a_default_scheme_divides_the_points_into_whole_steps(item: Item) -> None:
    scheme = SCHEMES[KINDS[item.kind].scheme]

    assert item.kind in scheme.kinds
    assert item.points % scheme.steps(item) == 0


def test_a_path_earns_what_it_gathers_even_where_a_step_takes_points_away() -> None:
    table = a_scenario_table()
    table["step"][2]["choice"][1]["points"] = -3
    item = a_bank(table).items[0]

    points = [mark(item, path).points for path in PATHS]

    assert points == [3, 0, 1, 0, 2, 0]


@EVERY_KIND
def test_an_overlay_gives_every_text_of_a_kind_in_its_language(item: Item) -> None:
    tables = one_of_each_kind()
    overlay = an_overlay(*tables)
    overlay["topics"]["money"]["stimuli"] = {
        each["stimulus"]: {"from": "A stranger", "text": "A message", "details": {"from": "Look closely"}}
        for each in tables
        if "stimulus" in each
    }
    bank = a_bank(*tables, overlays={"en": overlay}, languages=["vi", "en"])

    english = bank.to("en").by_id[item.id]

    assert (english.key, english.points, english.lang) == (item.key, item.points, "en")
    assert len(texts_of(english)) == len(texts_of(item))
    assert set(texts_of(english)).isdisjoint(texts_of(item))


def test_a_step_a_choice_and_what_it_says_are_translated_each_for_itself() -> None:
    table = a_scenario_table()
    bank = a_bank(table, overlays={"en": an_overlay(table)}, languages=["vi", "en"])

    step = bank.to("en").items[0].steps[1]

    assert (step.text, step.choices[0].text) == ("Step s2", "Option c")
    assert (step.choices[0].says, step.choices[0].cost) == ("As it turns out c", 5_000_000)


def test_a_story_stands_at_a_step_until_it_has_ended() -> None:
    item = ITEMS["scenario"]

    steps = [current_step(item, path) for path in ((), ("b",), ("b", "d"), ("b", "d", "f"))]

    assert [step.id if step else None for step in steps] == ["s1", "s2", "s3", None]


# -- what can be wrong

PAID = [choice_table("e", points=1), choice_table("f")]
STEPS = a_scenario_table()["step"]
CIRCLE = [
    step_table("s1", choice_table("a", "s2", points=2)),
    step_table("s2", choice_table("b", "s3")),
    step_table("s3", choice_table("c", "s1"), choice_table("d", points=1)),
]
LONG = [step_table(f"s{n}", choice_table(f"c{n}", f"s{n + 1}" if n < 9 else "")) for n in range(1, 10)]


def in_english(table: Raw, **texts: object) -> Raw:
    overlay = an_overlay(table)
    overlay["topics"]["money"]["items"][table["id"]] |= texts
    return a_document(table, languages=["vi", "en"], overlays={"en": overlay})


def with_steps(*steps: Raw, **changes: object) -> Raw:
    return a_document(a_scenario_table(step=list(steps), **changes))


MONEY, ENGLISH = "money.toml", "money.en.toml"
JUDGE, CLUES, ACTION, STORY = "item judge-1", "item clues-1", "item action-1", "item story-1"

# (code, file, place, field, a document with this fault)
CASES = [
    ("key-is-no-verdict", MONEY, JUDGE, "key", a_document(a_judge_table(key=["genuine", "4"]))),
    ("key-is-no-verdict", MONEY, JUDGE, "key", a_document(a_judge_table(key=["scam", "3"]))),
    ("key-is-no-verdict", MONEY, JUDGE, "key", a_document(a_judge_table(key=["scam"]))),
    ("unknown-choice", MONEY, JUDGE, "verdict", a_document(a_judge_table(verdict="none"))),
    ("missing-field", MONEY, JUDGE, "clue", a_document(a_judge_table(clue=[]))),
    ("missing-field", MONEY, JUDGE, "stimulus", a_document(a_judge_table(stimulus=None, clue=[]))),
    ("option-count", MONEY, JUDGE, "option", a_document(a_judge_table(option=option_tables("ab")))),
    ("scheme-not-for-kind", MONEY, JUDGE, "scheme", a_document(a_judge_table(scheme="exact"))),
    ("key-is-not-the-clues", MONEY, CLUES, "key", a_document(a_clues_table(key=["text"]))),
    ("key-is-not-the-clues", MONEY, CLUES, "key", a_document(a_clues_table(key=["text", "from"]))),
    ("key-is-not-the-clues", MONEY, CLUES, "key", a_document(a_clues_table(key=[], clue=[]))),
    ("missing-field", MONEY, CLUES, "stimulus", a_document(a_clues_table(stimulus=None))),
    ("option-count", MONEY, CLUES, "option", a_document(a_clues_table(option=option_tables("ab")))),
    ("unknown-part", MONEY, CLUES, "clue", a_document(a_clues_table(clue=clue_tables("text", "seal")))),
    ("part-twice", MONEY, CLUES, "clue", a_document(a_clues_table(clue=clue_tables("text", "text")))),
    ("marks-not-whole", MONEY, CLUES, "points", a_document(a_clues_table(points=3))),
    ("bad-harm", MONEY, ACTION, "option",
     a_document(an_action_table(option=[*option_tables("a"), *option_tables("b", harm=3)]))),
    ("bad-harm", MONEY, ACTION, "option",
     a_document(an_action_table(option=[*option_tables("a"), *option_tables("b", harm=-1)]))),
    ("key-is-not-safe", MONEY, ACTION, "key", a_document(an_action_table(key=["b"]))),
    ("key-is-not-safe", MONEY, ACTION, "key", a_document(an_action_table(option=option_tables("ab")))),
    ("key-is-not-safe", MONEY, ACTION, "key",
     a_document(an_action_table(option=option_tables("ab", harm=1)))),
    ("marks-not-whole", MONEY, ACTION, "points", a_document(an_action_table(points=1))),
    ("too-few-steps", MONEY, STORY, "step", with_steps(*STEPS[:2])),
    ("too-few-steps", MONEY, STORY, "step", a_document(a_scenario_table(step=None))),
    ("missing-field", MONEY, f"{STORY}, step s3", "choice",
     with_steps(*STEPS[:2], {"id": "s3", "text": "X"})),
    ("bad-shape-tables", MONEY, f"{STORY}, step s3", "choice",
     with_steps(*STEPS[:2], {"id": "s3", "text": "X", "choice": "e"})),
    ("missing-field", MONEY, f"{STORY}, step s1", "says",
     with_steps({"id": "s1", "text": "X", "choice": [{"id": "a", "text": "A", "next": "s2"}]}, *STEPS[1:])),
    ("step-twice", MONEY, STORY, "step", with_steps(*STEPS, step_table("s3", choice_table("g")))),
    ("step-twice", MONEY, STORY, "step",
     with_steps(*STEPS[:2], step_table("s3", choice_table("e", points=1), choice_table("a")))),
    ("unknown-step", MONEY, STORY, "step", with_steps(*STEPS[:2], step_table("s9", *PAID))),
    ("endless", MONEY, STORY, "step", with_steps(*CIRCLE, key=["a", "b", "d"])),
    ("endless", MONEY, STORY, "step", with_steps(*LONG, key=[f"c{n}" for n in range(1, 10)])),
    ("not-the-best-path", MONEY, STORY, "points", a_document(a_scenario_table(points=4))),
    ("not-the-best-path", MONEY, STORY, "points",
     a_document(a_scenario_table(points=2, key=["b", "d", "e"]))),
    ("key-is-no-path", MONEY, STORY, "key", a_document(a_scenario_table(key=["a"]))),
    ("key-is-no-path", MONEY, STORY, "key", a_document(a_scenario_table(key=["a", "f"]))),
    ("key-is-no-path", MONEY, STORY, "key", a_document(a_scenario_table(key=["a", "e", "f"]))),
    ("key-is-no-path", MONEY, STORY, "key", a_document(a_scenario_table(key=["z"]))),
    ("key-is-no-path", MONEY, STORY, "key", a_document(a_scenario_table(key=[]))),
    # what is never marked has nothing to be marked by
    *(
        ("unknown-field", MONEY, "item scale-1", name, a_document(a_scale_table(**{name: value})))
        for name, value in UNSCORED.items()
        if name in ITEM and name != "audience"
    ),
    ("unknown-field-near", MONEY, "item scale-1", "audience",
     a_document(a_scale_table(audience=["everyone"]))),
    ("unknown-field", MONEY, "item scale-1, option a", "rationale",
     a_document(a_scale_table(option=option_tables("abc")))),
    ("unknown-field", MONEY, "item scale-1, option a", "fixed",
     a_document(a_scale_table(option=[{"id": "a", "text": "A", "fixed": False}]))),
    ("option-count", MONEY, "item scale-1", "option", a_document(a_scale_table(option=None))),
    ("option-count", MONEY, "item comment-1", "option",
     a_document(a_comment_table(option=[{"id": "a", "text": "A"}]))),
    ("scheme-not-for-kind", MONEY, "item scale-1", "scheme", a_document(a_scale_table(scheme="exact"))),
    ("scheme-not-for-kind", MONEY, "item money-1", "scheme", a_document(an_item_table(scheme="none"))),
    # translations
    ("missing-translation", ENGLISH, "items story-1 steps", "s1",
     in_english(a_scenario_table(), steps={"s2": "S", "s3": "S"})),
    ("missing-translation", ENGLISH, "items story-1 says", "a", in_english(a_scenario_table(), says={})),
    ("missing-translation", ENGLISH, "items judge-1 clues", "text", in_english(a_judge_table(), clues={})),
    ("translates-nothing", ENGLISH, "items judge-1 steps", "s1",
     in_english(a_judge_table(), steps={"s1": "S"})),
    ("translates-nothing", ENGLISH, "items story-1 choices", "z",
     in_english(a_scenario_table(), choices=dict.fromkeys("abcdefz", "C"))),
]  # fmt: skip
TABLE = pytest.mark.parametrize(
    ("code", "file", "place", "field", "document"), CASES, ids=[case[0] for case in CASES]
)


@TABLE
def test_a_fault_is_told_with_its_file_place_and_field(
    code: str, file: str, place: str, field: str, document: Raw
) -> None:
    _, faults = decode(document)

    told = [each for each in faults if each.code == code]

    assert (file, place, field) in [(each.file, each.place, each.field) for each in told], faults
    assert len(set(faults)) == len(faults)


@TABLE
def test_a_fault_reads_as_a_sentence_in_both_languages(
    code: str, file: str, place: str, field: str, document: Raw
) -> None:
    _, faults = decode(document)

    sentences = [each.say(lang) for each in faults for lang in ("vi", "en")]

    assert all(sentence.strip() and "{" not in sentence for sentence in sentences)


@pytest.mark.parametrize("verdict", [each for each in VERDICTS if each != "none"])
def test_a_verdict_can_be_either(verdict: str) -> None:
    _, faults = decode(a_document(a_judge_table(verdict=verdict)))

    assert faults == []


def responses(item: Item) -> list[Response]:
    """Every response to a small item, blank left out; to a number a few."""
    ids = KINDS[item.kind].answers(item)
    if item.kind == "multiple" or item.kind == "clues":
        return [each for size in range(1, len(ids) + 1) for each in combinations(ids, size)]
    special = {
        "order": list(permutations(ids)),
        "number": [item.key, ("7",)],
        "judge": [(verdict, sureness) for verdict in ids for sureness in SURENESS],
        "scenario": PATHS,
        "comment": [("Cảm ơn",)],
    }
    return special.get(item.kind) or [(each,) for each in ids]


def texts_of(item: Item) -> list[str]:
    """Every text of an item that a person may read."""
    parts = item.stimulus.parts if item.stimulus else ()
    choices = [choice for step in item.steps for choice in step.choices]
    found = chain(
        (item.stem, item.explanation),
        (text for option in item.options for text in (option.text, option.rationale)),
        (clue.text for clue in item.clues),
        (text for part in parts for text in (part.text, part.detail)),
        (step.text for step in item.steps),
        (text for choice in choices for text in (choice.text, choice.says)),
    )
    return [text for text in found if text]

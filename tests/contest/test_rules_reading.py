"""Rules documents: what is read, what is refused, what is kept."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

import quizlib
from quizlib.contest.contradictions import CLASHES
from quizlib.contest.criteria import Criterion
from quizlib.contest.reading import PRESETS, freeze_rules, load_rules, read_rules, thaw_rules
from quizlib.errors import ContentError, sentences
from tests.contest.contest_builders import document, rules

DEMO = sorted((Path(quizlib.__file__).parent / "web" / "demo").glob("rules*.toml"))
ROUND = {"number": 1, "opens": "2026-11-02T08:00:00", "closes": "2026-11-09T07:00:00"}
NEXT = {"number": 1, "opens": "2026-11-10T08:00:00", "closes": "2026-11-16T07:00:00"}
UNIT_PRIZE = {"ranking": "rate", "count": 1, "vi": "Cờ"}
NO_PREDICTION = {"prediction": None, "ranking__criteria": ["score", "time-bands"]}

# What makes each clash, and where it is told: (code, changes, place, field).
CONTRADICTIONS = [
    ("no-rows-here", {"bank": []}, "", "bank"),
    ("no-rows-here", {"round": []}, "", "round"),
    ("bank-unnamed", {"bank": [{"reserved": True}]}, "bank 1", "name"),
    ("bank-unnamed", {"bank": [{"name": "a", "folder": "b"}]}, "bank 1", "name"),
    ("blueprint-named-for-several", {"bank": [{"name": "a"}, {"name": "b"}]}, "paper", "blueprint"),
    ("twins-not-two", {"paper__twins": True, "round": [ROUND], **NO_PREDICTION}, "paper", "twins"),
    (
        "twins-not-two",
        {"paper__twins": True, "round": [ROUND | {"number": 3}, NEXT], **NO_PREDICTION},
        "paper",
        "twins",
    ),
    (
        "twins-not-two",
        {"paper__twins": True, "round": [ROUND | {"number": 2}, NEXT], **NO_PREDICTION},
        "paper",
        "twins",
    ),
    (
        "twins-on-paper",
        {
            "paper__print": True,
            "paper__twins": True,
            "round": [ROUND, NEXT | {"number": 2}],
            "prediction": None,
            "ranking": {"criteria": ["score"]},
        },
        "paper",
        "print",
    ),
    (
        "twins-leak-prediction",
        {"paper__twins": True, "round": [ROUND, NEXT | {"number": 2}]},
        "paper",
        "twins",
    ),
    ("print-against-clock", {"paper__print": True}, "paper", "print"),
    ("grace-missing", {"time__grace_minutes": 0}, "time", "grace_minutes"),
    ("grace-unused", {"time__expiry": "void"}, "time", "grace_minutes"),
    ("attempts-unlimited", {"attempts": {"counted": "first"}}, "", "attempts"),
    ("ages-crossed", {"eligibility__maximum_age": 13}, "eligibility", "maximum_age"),
    ("phone-without-purpose", {"privacy__phone_purpose": None}, "privacy", "phone_purpose"),
    ("anonymous-yet-known", {"eligibility__anonymous": True}, "eligibility", "anonymous"),
    (
        "criterion-repeated",
        {"ranking__criteria": ["score", "time-bands", "prediction", "score"]},
        "ranking",
        "criteria 4",
    ),
    (
        "criterion-after-committee",
        {"ranking__criteria": ["time-bands", "prediction", "committee", "score"]},
        "ranking",
        "criteria 4",
    ),
    ("prediction-missing", {"prediction": None}, "", "prediction"),
    ("prediction-unused", {"ranking__criteria": ["score", "time-bands"]}, "", "prediction"),
    ("bands-missing", {"ranking__band_seconds": None}, "ranking", "band_seconds"),
    ("bands-unused", {"ranking__criteria": ["score", "prediction"]}, "ranking", "band_seconds"),
    ("keys-before-last-attempt", {"results__keys": "at-once"}, "results", "keys"),
    (
        "keys-before-score",
        {"results__keys": "at-once", "results__score": "after-round", "attempts__per_round": 1},
        "results",
        "keys",
    ),
    (
        "certificate-before-score",
        {"certificate__issue": "at-once", "results__score": "after-round"},
        "certificate",
        "issue",
    ),
    (
        "standings-before-score",
        {"results__standings": "live", "results__score": "after-round", **NO_PREDICTION},
        "results",
        "standings",
    ),
    ("standings-leak-prediction", {"results__standings": "live"}, "results", "standings"),
    (
        "prize-without-ranking",
        {"prediction": None, "ranking": {"criteria": []}},
        "",
        "prize",
    ),
    ("floor-over-100", {"unit_prize": [UNIT_PRIZE | {"floor": 101}]}, "unit_prize 1", "floor"),
    (
        "round-repeated",
        {
            "round": [
                ROUND,
                ROUND | {"opens": "2026-12-02T08:00:00", "closes": "2026-12-09T08:00:00"},
            ]
        },
        "round 2",
        "number",
    ),
    ("round-backwards", {"round": [ROUND | {"closes": ROUND["opens"]}]}, "round 1", "closes"),
    (
        "rounds-overlap",
        {
            "round": [
                ROUND,
                ROUND | {"number": 2, "opens": "2026-11-09T06:59:59", "closes": "2026-12-09T08:00:00"},
            ]
        },
        "round 2",
        "opens",
    ),
]

# One term that cannot be read: (changes, place, field, code).
BAD_TERMS = [
    ({"code": "Hải Phòng"}, "", "code", "bad-shape-id"),
    ({"demo": 1}, "", "demo", "bad-shape-flag"),
    ({"title": "Công dân số"}, "", "title", "bad-shape-table"),
    ({"title__vi": " "}, "title", "vi", "bad-shape-text"),
    ({"title": None}, "", "title", "missing-field"),
    ({"organiser__name__vi": None}, "organiser.name", "vi", "missing-field"),
    ({"organiser__fax": "1"}, "organiser", "fax", "unknown-field"),
    ({"time__limit_minute": 20}, "time", "limit_minute", "unknown-field-near"),
    ({"times": {}}, "", "times", "unknown-field-near"),
    ({"time__limit_minutes": -1}, "time", "limit_minutes", "bad-whole"),
    ({"time__limit_minutes": 1.5}, "time", "limit_minutes", "bad-whole"),
    ({"time__limit_minutes": True}, "time", "limit_minutes", "bad-whole"),
    ({"time__expiry": "stop"}, "time", "expiry", "unknown-choice"),
    ({"attempts__counted": "median"}, "attempts", "counted", "unknown-choice"),
    ({"prediction__counters": "exact"}, "prediction", "counters", "unknown-choice"),
    ({"ranking__criteria": "score"}, "ranking", "criteria", "bad-list"),
    ({"ranking__criteria": ["speed"]}, "ranking", "criteria 1", "unknown-choice"),
    ({"eligibility__barred": [{"en": "x"}]}, "eligibility.barred 1", "vi", "missing-field"),
    ({"results__cut": 101}, "results", "cut", "bad-whole"),
    ({"round": [ROUND | {"opens": date(2026, 11, 2)}]}, "round 1", "opens", "bad-moment"),
    ({"round": [ROUND | {"opens": "sáng thứ hai"}]}, "round 1", "opens", "bad-moment"),
    ({"round": [ROUND | {"opens": "0001-01-01T00:00:00"}]}, "round 1", "opens", "bad-moment"),
]


def faults_of(changed):
    with pytest.raises(ContentError) as refused:
        read_rules(changed, "rules.toml")
    return refused.value.faults


@pytest.mark.parametrize(("code", "changes", "place", "field"), CONTRADICTIONS)
def test_terms_that_cannot_stand_together_are_refused(code, changes, place, field):
    faults = faults_of(document(**changes))

    assert [(fault.code, fault.place, fault.field) for fault in faults] == [(code, place, field)]


def test_every_contradiction_has_its_case():
    assert {clash.code for clash in CLASHES} == {code for code, *_ in CONTRADICTIONS}


@pytest.mark.parametrize(("changes", "place", "field", "code"), BAD_TERMS)
def test_a_term_that_cannot_be_read_is_refused_at_its_place(changes, place, field, code):
    faults = faults_of(document(**changes))

    assert [(fault.place, fault.field, fault.code) for fault in faults] == [(place, field, code)]


def test_all_faults_are_listed_at_once():
    faults = faults_of(
        document(
            title=None,
            time__limit_minuts=20,
            time__grace_minutes=0,
            ranking__criteria=["score", "score", "time-bands", "prediction"],
            results__cut=700,
            round=[ROUND | {"closes": "2026-11-01T08:00:00"}],
        )
    )

    assert {(fault.place, fault.field) for fault in faults} == {
        ("", "title"),
        ("time", "limit_minuts"),
        ("time", "grace_minutes"),
        ("ranking", "criteria 2"),
        ("results", "cut"),
        ("round 1", "closes"),
    }


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_fault_prints_as_a_sentence(lang):
    faults = faults_of({"nothing": "known", "time": {"limit_minutes": "x"}, "round": [{"opens": 1}]})

    assert all(fault.say(lang) and "{" not in fault.say(lang) for fault in faults)
    assert {fault.code for fault in faults} <= sentences().keys()


def test_a_faulty_term_does_not_cause_contradictions():
    faults = faults_of(document(ranking__criteria=["score", "speed"]))

    assert [fault.code for fault in faults] == ["unknown-choice"]


def test_moments_are_local_unless_they_carry_an_offset():
    opens = {"opens": datetime(2026, 11, 2, 8), "closes": datetime(2026, 11, 9, 0, tzinfo=UTC)}  # noqa: DTZ001

    (round,) = rules(round=[ROUND | opens]).rounds

    assert round.opens == datetime(2026, 11, 2, 1, tzinfo=UTC)
    assert round.closes == datetime(2026, 11, 9, 0, tzinfo=UTC)


def test_a_round_is_open_from_its_opening_to_just_before_its_closing():
    (round,) = rules(round=[ROUND]).rounds

    assert round.is_open(round.opens)
    assert not round.is_open(round.closes)


def test_criteria_know_what_they_need_from_other_tables():
    criteria = rules(prediction__target="all-correct", prediction__tie="below-first").ranking.criteria

    assert criteria == (
        Criterion("score"),
        Criterion("time-bands", seconds=60),
        Criterion("prediction", target="all-correct", tie="below-first"),
        Criterion("committee"),
    )


def test_frozen_rules_thaw_to_the_same_rules():
    made = rules()

    thawed = thaw_rules(freeze_rules(made))

    assert thawed == made
    assert freeze_rules(thawed) == freeze_rules(made)
    assert made.hash == sha256(freeze_rules(made)).hexdigest()


def test_frozen_rules_are_canonical():
    shuffled = dict(reversed(document().items())) | {"title": {"en": "Digital citizen", "vi": "Công dân số"}}

    made = read_rules(shuffled, "other.toml")

    assert made.hash == rules().hash
    assert (
        freeze_rules(made)
        == json.dumps(document(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )


def test_dates_freeze_as_iso_text():
    made = rules(round=[ROUND | {"opens": datetime(2026, 11, 2, 8)}])  # noqa: DTZ001

    assert b'"opens":"2026-11-02T08:00:00"' in freeze_rules(made)


@pytest.mark.parametrize("path", sorted(PRESETS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_preset_loads_and_is_visibly_no_real_contest(path):
    made = load_rules(path)

    assert made.demo
    assert made.organiser.name.vi.isupper()
    assert all(round.opens.year == 2099 for round in made.rounds)


def test_the_presets_asked_for_exist():
    assert {path.stem for path in PRESETS.glob("*.toml")} >= {
        "score-prediction-earliest",
        "all-correct-prediction-earliest",
        "score-time-prediction-committee",
        "best-of-five-a-week",
        "class",
    }


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_the_demo_never_ranks_by_speed(path):
    """Its rounds are added when it is loaded, so one is added here."""
    made = read_rules(tomllib.loads(path.read_text("utf-8")) | {"round": [ROUND]}, path.name)

    assert made.demo
    assert not {criterion.name for criterion in made.ranking.criteria} & {"time", "time-bands"}


@pytest.mark.parametrize(
    ("content", "code"), [(b"code = ", "bad-toml"), (b"code = '\xff'", "unreadable"), (None, "unreadable")]
)
def test_a_file_that_is_no_toml_is_refused(tmp_path, content, code):
    path = tmp_path / "rules.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ContentError) as refused:
        load_rules(path)

    assert [fault.code for fault in refused.value.faults] == [code]


def test_presets_are_plain_toml():
    for path in PRESETS.glob("*.toml"):
        assert tomllib.loads(path.read_text("utf-8"))["bank"]

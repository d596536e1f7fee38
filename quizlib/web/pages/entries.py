"""Entering a round: who are you, do you agree, a warm-up, and the start of the clock."""

from __future__ import annotations

import re
from datetime import datetime

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizlib.contest.checks import Applicant, admit
from quizlib.contest.rules import Rules
from quizlib.contest.units import Unit, search
from quizlib.errors import Refusal
from quizlib.exam.twins import twin_seed
from quizlib.web import consents, marking, tokens
from quizlib.web.clock import now
from quizlib.web.config import Settings
from quizlib.web.forms import EntryForm, problems_of
from quizlib.web.language import language
from quizlib.web.limits import entering
from quizlib.web.pages.contests import MOST_UNITS, moment_of
from quizlib.web.store import attempts, rounds, units, work
from quizlib.web.store import entries as store
from quizlib.web.store.attempts import Attempt
from quizlib.web.store.entries import Entry
from quizlib.web.store.rounds import OpenedRound

entries = Blueprint("entries", __name__)
OTHER = "other"


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def entry_token(entry: str, handed_on: int = 0) -> str:
    return tokens.sign(settings().secret, "entry", entry, handed_on)


def manner() -> str:
    """Who fills the form in: "" the person, "helper" somebody beside them, "paper" who types a paper in."""
    return "paper" if request.blueprint == "papers" else "helper" if "helper" in request.args else ""


@entries.get("/contests/<code>/enter")
def enter(code: str) -> str:
    return entry_page(code, round_to_enter(code), new_form())


def new_form() -> EntryForm:
    """Empty but for the unit, which the address may carry from one person of a place to the next."""
    unit = {name: request.args.get(name) for name in ("unit", "unit_code")}
    return EntryForm(entry=entry_token(tokens.new_id()), **unit)


@entries.post("/contests/<code>/enter")
@entering
def keep(code: str) -> str | Response:
    """Sent twice, or sent again after the back button, the same form is the same entry."""
    round, form = round_to_enter(code), EntryForm(request.form)
    anonymous = round.rules.eligibility.anonymous
    if anonymous:
        del form.name, form.birth_year, form.consent
    asked = take_in(code, round, form)
    if asked:
        return asked
    work.commit()
    if anonymous:
        return start(form.entry.data)  # there is no code to keep, and nothing to correct
    return redirect(url_for("entries.show", token=form.entry.data))


def take_in(code: str, round: OpenedRound, form: EntryForm) -> str:
    """Keep the person; else the page that asks again. Who has begun a paper is in, whatever is sent again."""
    entry_id, _ = tokens.unsign(settings().secret, "entry", form.entry.data or "")
    if attempts.history(entry_id):
        return ""
    found = find_unit(code, form)
    if not form.validate() or found is None or phone_problems(round.rules, form):
        return entry_page(code, round, form)
    born = int(form.data.get("birth_year", 0))
    young = round.times.age(born) < round.rules.eligibility.guardian_below
    if young and not (form.guardian_consent.data and form.guardian.data):
        return entry_page(code, round, form, guardian=True)
    applicant = Applicant(birth_year=born, guardian=young)
    admit(round.rules, round.times, applicant, (), now())
    entry = entry_of(entry_id, round, form, found)
    if not request.form.get("other_person") and is_known(entry):
        return entry_page(code, round, form, known=True)
    store.enter(entry, tokens.lookup(settings().secret, "code", resume_code(entry_id)), now())
    for purpose in consents.given(form, young):
        text = consents.keep_text(purpose, round.rules, language(), manner(), now())
        store.consent(entry_id, purpose, text, now())
    return ""


@entries.get("/entries/<token>/edit")
def edit(token: str) -> str | Response:
    """The same form again, filled in, for whoever chose the wrong unit or mistyped a name."""
    entry, round = load(token)
    if attempts.of_entry(entry.id):
        return redirect(url_for("entries.show", token=token))
    form = EntryForm(data=vars_of(entry) | {"entry": token})
    return entry_page(round.contest, round, form, guardian=bool(entry.guardian))


def vars_of(entry: Entry) -> dict[str, object]:
    """What the form asked for, as it was answered; the consent is asked again."""
    return {
        "name": entry.name,
        "birth_year": str(entry.birth_year),
        "unit": entry.unit_name,
        "unit_code": entry.unit_code or OTHER,
        "phone": entry.phone,
        "guardian": entry.guardian,
    }


def round_to_enter(code: str) -> OpenedRound:
    """The open round; a friendly refusal when there is none."""
    moment = moment_of(code, now())
    if moment.open:
        return moment.open
    if moment.coming:
        raise Refusal("round-not-open", number=moment.coming.number, opens=moment.coming.opens)
    last = max(moment.rules.rounds, key=lambda times: times.closes)
    raise Refusal("round-closed", number=last.number, closes=last.closes)


def entry_page(
    code: str, round: OpenedRound, form: EntryForm, guardian: bool = False, known: bool = False
) -> str:
    problems = problems_of(form)
    found: tuple[Unit, ...] = ()
    if request.method == "POST":
        if find_unit(code, form) is None:
            found = search(units.of_contest(code), form.unit.data, MOST_UNITS)
            sentence = consents.unit_sentence(found, bool(form.unit.data))
            problems.append(("unit_code" if found else "unit", sentence))
        problems += phone_problems(round.rules, form)
    return render_template(
        "entries/enter.html",
        code=code,
        round=round,
        rules=round.rules,
        form=form,
        problems=problems,
        units=found,
        guardian=guardian or bool(form.guardian.data),
        known=known,
        manner=manner(),
        consents=consents.texts(round.rules, language(), manner()),
        page_title=round.rules.title.say(language()),
    )


def phone_problems(rules: Rules, form: EntryForm) -> list[tuple[str, str]]:
    """A phone that is wanted and missing, or given without leave to use it."""
    asked = rules.eligibility.phone
    if asked == "required" and not form.phone.data:
        return [("phone", consents.phone_sentence())]
    if asked != "no" and form.phone.data and not form.phone_consent.data:
        return [("phone_consent", consents.phone_consent_sentence())]
    return []


def find_unit(code: str, form: EntryForm) -> Unit | None:
    """The unit chosen, or the only one that what was typed can mean; None asks the person to choose.

    A choice counts only while the words typed still fit it: they may have been changed since. A contest
    without a list of units takes any words.
    """
    typed, known = form.unit.data or "", units.of_contest(code)
    if typed and (form.unit_code.data == OTHER or not known):
        return Unit(code="", name=typed)
    found = search(known, typed, MOST_UNITS)
    chosen = [unit for unit in found if unit.code == form.unit_code.data]
    return chosen[0] if chosen else found[0] if len(found) == 1 else None


def entry_of(entry_id: str, round: OpenedRound, form: EntryForm, unit: Unit) -> Entry:
    asked = round.rules.eligibility.phone != "no"
    phone = form.phone.data if asked else ""
    return Entry(
        id=entry_id,
        round=round.id,
        name=form.data.get("name", ""),
        birth_year=int(form.data.get("birth_year", 0)),
        unit_code=unit.code,
        unit_name=f"{unit.type} {unit.name}".strip(),
        lang=language(),
        phone=phone,
        phone_digest=tokens.lookup(settings().secret, "phone", phone) if phone else "",
        guardian=form.guardian.data or "",
        channel="paper" if manner() == "paper" else request.args.get("channel", "web")[:20],
        assisted=bool(manner()),
    )


def is_known(entry: Entry) -> bool:
    """Somebody of the same name, birth year and unit is in already: perhaps the same person."""
    alike = store.alike(entry.round, entry.name, entry.birth_year) if entry.name else []
    return any(other.unit_name == entry.unit_name and other.id != entry.id for other in alike)


def resume_code(entry: str) -> str:
    return tokens.resume_code(settings().secret, entry)


@entries.get("/entries/<token>")
def show(token: str) -> str | Response:
    """Ready to start, or the way back into what was started."""
    entry, round = load(token)
    begun = [marking.close_if_over(each, round, now()) for each in attempts.of_entry(entry.id)]
    work.commit()
    unfinished = [attempt for attempt in begun if attempt.submitted_at is None]
    if unfinished:
        return redirect(url_for("attempts.sit", token=attempt_token(unfinished[0].id, entry)))
    return render_template(
        "entries/show.html",
        token=token,
        entry_token=token,
        entry=entry,
        round=round,
        rules=round.rules,
        ordinal=len(begun) + 1,
        finished=[(attempt.ordinal, attempt_token(attempt.id, entry)) for attempt in begun],
        code=resume_code(entry.id),
        warm_up=request.args.get("warm_up", ""),
        page_title=round.rules.title.say(language()),
        noindex=True,
    )


@entries.post("/entries/<token>/start")
def start(token: str) -> Response:
    """Starting twice is starting once: the form says which attempt it wants to begin."""
    entry, round = load(token)
    history = attempts.history(entry.id)
    ordinal = ordinal_asked(request.form.get("ordinal", ""))
    attempt = tokens.attempt_id(settings().secret, entry.id, ordinal)
    if ordinal > len(history):
        applicant = Applicant(birth_year=entry.birth_year, guardian=bool(entry.guardian))
        admit(round.rules, round.times, applicant, history, now())
        if ordinal != len(history) + 1:
            raise Refusal("form-stale")
        attempts.start(attempt_for(settings().secret, entry, ordinal, round, now()), round)
        work.commit()
    return redirect(first_question(attempt_token(attempt, entry)))


@entries.post("/entries/<token>/hand-on")
@entering
def hand_on(token: str) -> Response:
    """The next person's form, empty but for an official unit; pressing twice is pressing once."""
    entry_id, handed_on = tokens.unsign(settings().secret, "entry", token)
    entry = store.get(entry_id)
    store.hand_on(entry_id, handed_on)
    work.commit()
    code, unit_code = rounds.get(entry.round).contest, entry.unit_code or None
    unit = entry.unit_name if unit_code else None  # what was written by hand may tell who wrote it
    following, helper = ("papers.typed", None) if entry.channel == "paper" else ("entries.enter", 1)
    reply = redirect(url_for(following, code=code, helper=helper, unit=unit, unit_code=unit_code), 303)
    reply.headers["Clear-Site-Data"] = '"cache", "storage"'
    return reply


def first_question(token: str) -> str:
    """Without scripts the form says so, and one question is fetched instead of the whole paper."""
    if "plain" in request.form:
        return url_for("attempts.question", token=token, number=1)
    return url_for("attempts.sit", token=token)


def ordinal_asked(typed: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,3}", typed):
        raise Refusal("form-stale")
    return int(typed)


def attempt_for(
    secret: bytes, entry: Entry, ordinal: int, round: OpenedRound, started_at: datetime, seed: str = ""
) -> Attempt:
    """The attempt this start would make: id, seed and paper follow from who, which and when."""
    seed = seed or marking.seed_of(round, entry.id, ordinal)
    if round.rules.paper.twins:
        seed = twin_seed(seed, entry.person, round.number)
    return Attempt(
        id=tokens.attempt_id(secret, entry.id, ordinal),
        round=round.id,
        entry=entry.id,
        ordinal=ordinal,
        seed=seed,
        digest=marking.draw_paper(round, seed).digest,
        started_at=started_at,
        extra_seconds=0,
        submitted_at=None,
        void=False,
    )


def load(token: str) -> tuple[Entry, OpenedRound]:
    entry_id, handed_on = tokens.unsign(settings().secret, "entry", token)
    entry = store.get(entry_id)
    entry.check(handed_on)
    return entry, rounds.get(entry.round)


def attempt_token(attempt: str, person: Entry) -> str:
    return tokens.sign(settings().secret, "attempt", attempt, person.handed_on)

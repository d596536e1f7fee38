"""Tokens: what an address, a form or a person may carry, all derived from secrets by HMAC-SHA-256."""

from __future__ import annotations

import base64
import hmac
import secrets

from quizlib.bank.item import Item
from quizlib.bank.kinds import KINDS
from quizlib.errors import Refusal


def digest(secret: bytes, *words: str) -> bytes:
    return hmac.digest(secret, "\0".join(words).encode(), "sha256")


def short(raw: bytes, length: int) -> str:
    return base64.b32encode(raw).decode().lower()[:length]


def new_id() -> str:
    """80 random bits, to be an entry's id."""
    return short(secrets.token_bytes(10), 16)


def attempt_id(secret: bytes, entry: str, ordinal: int) -> str:
    """The same for every start of the same attempt, so that starting twice is starting once."""
    return short(digest(secret, "attempt", entry, str(ordinal)), 16)


def sign(secret: bytes, purpose: str, row: str, handed_on: int = 0) -> str:
    """A token for an address: the row's id, how often its person had handed the phone on, and the proof."""
    known = f"{row}.{handed_on}" if handed_on else row
    return f"{known}-{short(digest(secret, purpose, known), 20)}"


def unsign(secret: bytes, purpose: str, token: str) -> tuple[str, int]:
    """(id, handed on) of the row; ``Refusal("not-found")`` for anything forged or mistyped."""
    known = token.partition("-")[0]
    if not hmac.compare_digest(sign(secret, purpose, known).encode(), token.encode()):
        raise Refusal("not-found")
    row, _dot, handed_on = known.partition(".")
    return row, int(handed_on or 0)


def form_token(secret: bytes, attempt_token: str) -> str:
    """Stands in an attempt's forms instead of a session's CSRF token."""
    return short(digest(secret, "form", attempt_token), 20)


def seat(secret: bytes, attempt_token: str, number: int, round_id: int, item: str) -> str:
    """What a question's form carries: its item and round, and the proof that this address may answer it."""
    place = f"{round_id}.{item}"
    return f"{place}-{short(digest(secret, 'seat', attempt_token, str(number), place), 20)}"


def read_seat(secret: bytes, attempt_token: str, number: int, sent: str) -> tuple[int, str]:
    """(round, item's token); ``Refusal("form-stale")`` for a form of another address or made up elsewhere."""
    round_id, _dot, item = sent.partition("-")[0].partition(".")
    known = int(round_id) if round_id.isdecimal() and len(round_id) < 10 else 0
    if not hmac.compare_digest(seat(secret, attempt_token, number, known, item).encode(), sent.encode()):
        raise Refusal("form-stale")
    return known, item


def item_token(secret: bytes, item: Item) -> str:
    """A name of an item that tells nothing, alike for all attempts of a round."""
    return short(digest(secret, "item", item.id), 12)


def resume_code(secret: bytes, entry: str) -> str:
    """Twelve digits that a person can read out over the phone."""
    number = int.from_bytes(digest(secret, "resume", entry)[:8], "big")
    return f"{number % 10**12:012d}"


def lookup(secret: bytes, purpose: str, text: str) -> str:
    """A keyed hash under which something private can be found but not read."""
    return digest(secret, purpose, text).hex()


def answer_tokens(secret: bytes, item: Item) -> dict[str, str]:
    """Token of each id an answer is made of: alike for all attempts of a round, and telling nothing."""
    return {answer: short(digest(secret, item.id, answer), 8) for answer in KINDS[item.kind].answers(item)}

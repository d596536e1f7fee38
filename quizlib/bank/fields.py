"""The fields of bank files as data: what the reader accepts and what editors are offered."""

from __future__ import annotations

from dataclasses import dataclass

from quizlib.bank.difficulty import PREMISES
from quizlib.bank.kinds import KINDS
from quizlib.bank.schemes import SCHEMES

LANGUAGES = ("vi", "en")  # complete in our own banks; others may be partial
DIFFICULTIES = ("easy", "medium", "hard")
VERDICTS = ("scam", "genuine", "none")
TACTICS = (
    "authority", "urgency", "secrecy", "scarcity", "fear",
    "greed", "affection", "reciprocity", "curiosity", "trust",
)  # fmt: skip
AUDIENCES = ("everyone", "elderly", "parents", "students", "sellers", "workers", "officials", "children")
CHANNELS = (
    "sms", "chat", "call", "email", "web", "app", "qr", "transfer", "post", "letter", "notification",
)  # fmt: skip
ROLES = (
    "sender", "heading", "body", "link", "button", "amount", "turn", "note",
    "address", "app", "permission", "qr",
)  # fmt: skip
SPEAKERS = ("them", "me")

# Items that are asked and never marked cannot state these fields; they stand as they stand here.
UNSCORED_KINDS = SCHEMES["none"].kinds
UNSCORED: dict[str, object] = {
    "key": (), "points": 0, "explanation": "", "rationale": "", "fixed": True, "level": 1,
    "difficulty": "easy", "verdict": "none", "competences": (), "audience": ("everyone",), "sources": (),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """``shape`` is a key of ``table.SHAPES``; ``translated`` fields have their text in overlays too."""

    shape: str
    required: bool = False
    default: object = None
    choices: tuple[str, ...] = ()
    translated: bool = False


ID = Field("id", required=True)
TEXT = Field("text", required=True, translated=True)

BANK = {
    "name": ID,
    "version": Field("text", required=True),
    "licence": Field("text", required=True),
    "cut": Field("whole", required=True),
    "title": TEXT,
    "about": TEXT,
    "reserved": Field("flag", default=False),
    "languages": Field("ids", default=()),
    "topic": Field("tables", required=True),
    "blueprint": Field("tables", default=()),
}
TOPIC = {"id": ID, "title": TEXT}
BLUEPRINT = {
    "name": ID,
    "title": TEXT,
    "genuine": Field("wholes", default=()),
    "fixed": Field("ids", default=()),
    "excluded": Field("ids", default=()),
    "quota": Field("tables", default=()),
}
QUOTA = {
    "topic": Field("text", required=True),
    "count": Field("whole", required=True),
    "difficulty": Field("id", choices=DIFFICULTIES),
    "level": Field("whole"),
    "verdict": Field("id", choices=VERDICTS),
    "kind": Field("id", choices=tuple(KINDS)),
    "kinds": Field("ids", default=(), choices=tuple(KINDS)),
    "verdicts": Field("ids", default=(), choices=VERDICTS),
}
SOURCE = {
    "publisher": Field("text", required=True),
    "title": Field("text", required=True),
    "date": Field("day"),
    "address": Field("text", required=True),
    "read": Field("flag", required=True),
}
TOPIC_FILE = {
    "lesson": Field("table", required=True),
    "stimulus": Field("tables", default=()),
    "item": Field("tables", default=()),
}
LESSON = {
    "remember": TEXT,
    "about": Field("text", default="", translated=True),
    "signs": Field("texts", default=(), translated=True),
    "steps": Field("texts", default=(), translated=True),
    "aftermath": Field("text", default="", translated=True),
    "genuine": Field("text", default="", translated=True),
    "situations": Field("texts", default=(), translated=True),
    "forms": Field("texts", default=()),
    "sources": Field("ids", default=()),
    "review_by": Field("day"),
}
STIMULUS = {
    "id": ID,
    "channel": Field("id", required=True, choices=CHANNELS),
    "ai_generated": Field("flag", default=False),
    "part": Field("tables", required=True),
}
PART = {
    "id": ID,
    "role": Field("id", required=True, choices=ROLES),
    "text": TEXT,
    "detail": Field("text", default="", translated=True),
    "by": Field("id", default="them", choices=SPEAKERS),
}
OPTION = {
    "id": ID,
    "text": TEXT,
    "rationale": TEXT,
    "fixed": Field("flag", default=False),
    "harm": Field("whole", default=0),
}
STEP = {"id": ID, "text": TEXT, "choice": Field("tables", required=True)}
STEP_CHOICE = {
    "id": ID,
    "text": TEXT,
    "says": TEXT,
    "next": Field("id", default=""),
    "points": Field("whole", default=0),
    "cost": Field("whole", default=0),
}
CLUE = {"part": ID, "text": TEXT}
ITEM = {
    "id": ID,
    "version": Field("whole", required=True),
    "kind": Field("id", required=True, choices=tuple(KINDS)),
    "stem": TEXT,
    "stimulus": Field("id"),
    "scheme": Field("id", choices=tuple(SCHEMES)),
    "points": Field("whole", default=1),
    "level": Field("whole", required=True),
    "difficulty": Field("id", default="", choices=DIFFICULTIES),
    "premise": Field("id", default="", choices=PREMISES),
    "verdict": Field("id", required=True, choices=VERDICTS),
    "tactic": Field("id", default="", choices=TACTICS),
    "competences": Field("texts", required=True),
    "forms": Field("texts", default=()),
    "audience": Field("ids", required=True, choices=AUDIENCES),
    "sources": Field("ids", required=True),
    "valid_from": Field("day", required=True),
    "review_by": Field("day", required=True),
    "key": Field("texts", required=True),
    "explanation": TEXT,
    "enemies": Field("ids", default=()),
    "retired": Field("flag", default=False),
    "ai_generated": Field("flag", default=False),
    "tolerance": Field("number", default="0"),
    "unit": Field("text", default="", translated=True),
    "audio": Field("text", default="", translated=True),
    "option": Field("tables", default=()),
    "clue": Field("tables", default=()),
    "row": Field("tables", default=()),
    "step": Field("tables", default=()),
}

"""From a posted form to a response: tokens become option ids again, in the shape of the item's kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from werkzeug.datastructures import MultiDict

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds import KINDS
from quizlib.errors import Refusal

Form = MultiDict[str, str]
Tokens = Mapping[str, str]


def read_form(item: Item, form: Form, name: str, tokens: Tokens, kept: Response = ()) -> Response:
    """The response in the fields called ``name``; ``Refusal("bad-response")`` when it is none.

    ``tokens`` are those of the ids that the item's answers are made of, ``kept`` is the response so far:
    a scenario's path is only ever extended.
    """
    ids = {token: answer for answer, token in tokens.items()}
    try:
        return KINDS[item.kind].read(item, READERS[item.kind](form, name, ids, kept))
    except (KeyError, ValueError) as error:
        raise Refusal("bad-response", item=item.id) from error


def chosen(form: Form, name: str, ids: Tokens, kept: Response) -> tuple[str, ...]:
    return tuple(ids[token] for token in form.getlist(name) if token)


def placed(form: Form, name: str, ids: Tokens, kept: Response) -> tuple[str, ...]:
    """Steps by the numbers given to them: all of them 1, 2, 3 ..., or none."""
    given = {option: form.get(f"{name}-{token}", "") for token, option in ids.items()}
    if not any(given.values()):
        return ()
    places = {int(place): option for option, place in given.items()}
    return tuple(places[place] for place in range(1, len(ids) + 1))


def written(form: Form, name: str, ids: Tokens, kept: Response) -> tuple[str, ...]:
    return (form.get(name, ""),)


def judged(form: Form, name: str, ids: Tokens, kept: Response) -> tuple[str, ...]:
    """The verdict, and how sure; both or none."""
    verdict = chosen(form, name, ids, kept)
    sureness = form.get(f"{name}-sure", "")
    return (*verdict, sureness) if verdict or sureness else ()


def extended(form: Form, name: str, ids: Tokens, kept: Response) -> tuple[str, ...]:
    """The path so far and the next choice; the same choice sent twice is one."""
    return (*kept, *(choice for choice in chosen(form, name, ids, kept) if choice not in kept))


READERS: dict[str, Callable[[Form, str, Tokens, Response], tuple[str, ...]]] = {
    "choice": chosen,
    "multiple": chosen,
    "order": placed,
    "number": written,
    "judge": judged,
    "clues": chosen,
    "action": chosen,
    "scenario": extended,
    "scale": chosen,
    "comment": written,
}

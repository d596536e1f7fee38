"""From a posted form to a response: tokens become option ids again, in the shape of the item's kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from werkzeug.datastructures import MultiDict

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds import KINDS
from quizlib.errors import Refusal

Form = MultiDict[str, str]
Tokens = Mapping[str, str]


def read_form(item: Item, form: Form, name: str, tokens: Tokens) -> Response:
    """The response in the fields called ``name``; ``Refusal("bad-response")`` when it is none.

    ``tokens`` are those of the item's option ids.
    """
    ids = {token: option for option, token in tokens.items()}
    try:
        return KINDS[item.kind].read(item, READERS[item.kind](form, name, ids))
    except (KeyError, ValueError) as error:
        raise Refusal("bad-response", item=item.id) from error


def chosen(form: Form, name: str, ids: Tokens) -> tuple[str, ...]:
    return tuple(ids[token] for token in form.getlist(name) if token)


def placed(form: Form, name: str, ids: Tokens) -> tuple[str, ...]:
    """Steps by the numbers given to them: all of them 1, 2, 3 ..., or none."""
    given = {option: form.get(f"{name}-{token}", "") for token, option in ids.items()}
    if not any(given.values()):
        return ()
    places = {int(place): option for option, place in given.items()}
    return tuple(places[place] for place in range(1, len(ids) + 1))


def written(form: Form, name: str, ids: Tokens) -> tuple[str, ...]:
    return (form.get(name, ""),)


READERS: dict[str, Callable[[Form, str, Tokens], tuple[str, ...]]] = {
    "choice": chosen,
    "multiple": chosen,
    "order": placed,
    "number": written,
}

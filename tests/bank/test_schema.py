"""The schemas that editors get say what the reader accepts."""

from collections.abc import Mapping

import pytest

from quizlib.bank import fields
from quizlib.bank.fields import Field
from quizlib.bank.schema import SHAPES, Schema, schemas
from quizlib.bank.table import SHAPES as READ_SHAPES


def inside(schema: object, *path: str) -> Schema:
    """The object schema of a nested table, or of each table in a list."""
    for name in path:
        assert isinstance(schema, dict)
        schema = schema["properties"][name]
        schema = schema.get("items", schema)
    assert isinstance(schema, dict)
    return schema


# (sort of file, path in it, the reader's fields there)
TABLES = [
    ("bank", (), fields.BANK),
    ("bank", ("topic",), fields.TOPIC),
    ("bank", ("blueprint",), fields.BLUEPRINT),
    ("bank", ("blueprint", "quota"), fields.QUOTA),
    ("topic", (), fields.TOPIC_FILE),
    ("topic", ("lesson",), fields.LESSON),
    ("topic", ("stimulus",), fields.STIMULUS),
    ("topic", ("stimulus", "part"), fields.PART),
    ("topic", ("item",), fields.ITEM),
    ("topic", ("item", "option"), fields.OPTION),
    ("topic", ("item", "clue"), fields.CLUE),
]


@pytest.mark.parametrize(("file", "path", "wanted"), TABLES, ids=lambda value: str(value)[:30])
def test_every_field_of_the_reader_is_in_the_schema_and_no_other(
    file: str, path: tuple[str, ...], wanted: Mapping[str, Field]
) -> None:
    schema = inside(schemas()[file], *path)

    assert schema["properties"].keys() == wanted.keys()
    needed = [name for name, field in wanted.items() if field.required and name not in fields.UNSCORED]
    assert schema["required"] == needed
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(("file", "path", "wanted"), TABLES, ids=lambda value: str(value)[:30])
def test_choices_are_offered(file: str, path: tuple[str, ...], wanted: Mapping[str, Field]) -> None:
    properties = inside(schemas()[file], *path)["properties"]

    offered = {
        name: properties[name].get("items", properties[name]).get("enum")
        for name, field in wanted.items()
        if field.choices
    }

    assert offered == {name: list(field.choices) for name, field in wanted.items() if field.choices}


def test_sources_are_tables_of_any_name() -> None:
    source = schemas()["sources"]["additionalProperties"]

    assert isinstance(source, dict)
    assert source["properties"].keys() == fields.SOURCE.keys()


def test_every_shape_the_reader_knows_has_a_schema() -> None:
    assert SHAPES.keys() == READ_SHAPES.keys()

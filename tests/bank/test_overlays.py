"""A bank in several languages keeps one structure; what is not translated stays Vietnamese."""

from tests.builders import a_bank, an_item_table, an_overlay

BOTH = (an_item_table("money-1", stimulus="s"), an_item_table("money-2"))


def test_a_complete_overlay_gives_every_text_in_its_language() -> None:
    bank = a_bank(*BOTH, overlays={"en": an_overlay(*BOTH)}, languages=["vi", "en"]).to("en")

    item = bank.items[0]

    assert (bank.title, bank.topics[0].title, bank.blueprints["all"].title) == (
        "Sample",
        "Topic money",
        "Paper all",
    )
    assert (item.stem, item.explanation, item.lang) == ("Question money-1?", "Answer to money-1.", "en")
    assert (item.option("a").text, item.option("a").rationale) == ("Option a", "Reason a")


def test_structure_and_keys_are_the_same_in_every_language() -> None:
    bank = a_bank(*BOTH, overlays={"en": an_overlay(*BOTH)}, languages=["vi", "en"])

    pairs = list(zip(bank.items, bank.to("en").items, strict=True))

    for name in ("id", "key", "points", "level", "difficulty", "verdict", "sources", "rows"):
        assert all(getattr(vietnamese, name) == getattr(english, name) for vietnamese, english in pairs)


def test_an_item_missing_from_a_partial_overlay_stays_vietnamese_and_says_so() -> None:
    bank = a_bank(*BOTH, overlays={"km": an_overlay(BOTH[0])}).to("km")

    first, second = bank.items

    assert (first.lang, second.lang) == ("km", "vi")
    assert second.stem == "Câu hỏi money-2?"


def test_parts_of_a_stimulus_may_stay_as_they_are() -> None:
    overlay = an_overlay(*BOTH)
    overlay["topics"]["money"]["stimuli"] = {"s": {"text": "Message s"}}
    bank = a_bank(*BOTH, overlays={"en": overlay}, languages=["vi", "en"]).to("en")

    stimulus = bank.items[0].stimulus

    assert stimulus is not None
    assert [part.text for part in stimulus.parts] == ["Số lạ", "Message s"]


def test_a_language_that_no_overlay_has_shows_the_vietnamese() -> None:
    bank = a_bank(*BOTH)

    french = bank.to("fr")

    assert french.items == bank.items

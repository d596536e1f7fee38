"""Somebody practises, misses, keeps an address, comes back when it is time, and is asked again later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from quizlib.learn.review import Review, parse, write
from tests.browser.server import Site

TOPIC = "fake-bank"
START = f"/practice/scam_awareness/{TOPIC}/seed/1"


@pytest.mark.parametrize("mode", ["scripts", "no-scripts", "no-cookies"])
def test_what_was_missed_comes_back_on_its_day_with_nothing_kept_but_the_address(
    phone: Callable[..., Page], site: Site, mode: str
) -> None:
    page = phone(mode)
    page.goto(site.address(START))
    practise(page)
    follow(page, "Nhắc tôi ôn lại")
    expect(page.locator(".notice.good")).to_contain_text("Hôm nay chưa phải ôn gì")
    kept = review_at(page)
    invitations = download(page)

    other = phone(mode)
    other.goto(site.address("/review/" + write(days_ago(kept, 2))))
    expect(other.locator("main h2").first).to_have_text("Hôm nay nên ôn")
    follow(other, "Ôn 5 câu ngay")
    practise(other)
    follow(other, "Cập nhật lịch ôn")

    expect(other.locator(".notice.good")).to_contain_text("Hôm nay chưa phải ôn gì")
    assert list(review_at(other)) == list(kept) == [TOPIC]
    assert review_at(other)[TOPIC].practised == kept[TOPIC].practised
    assert invitations.count(b"BEGIN:VEVENT") == 3
    assert urlsplit(page.url).path.encode() in invitations.replace(b"\r\n ", b"")


def practise(page: Page) -> None:
    """To the report, leaving everything blank and taking the first way in every story."""
    while "/report" not in page.url:
        onward = page.locator("main > a.button")
        if page.locator("button[value=stay]").count():
            page.locator("label.choice").first.tap()
        with page.expect_navigation():
            (onward if onward.count() else page.locator("main form button[type=submit]")).first.tap()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).tap()


def review_at(page: Page) -> Review:
    return parse(urlsplit(page.url).path.removeprefix("/review/"))


def days_ago(review: Review, days: int) -> Review:
    """The review as it would be, had it been made some days earlier."""
    return {topic: replace(each, practised=each.practised - days) for topic, each in review.items()}


def download(page: Page) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("link", name="Thêm lời nhắc vào lịch").tap()
    assert started.value.suggested_filename == "on-lai.ics"
    return started.value.path().read_bytes()

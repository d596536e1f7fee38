"""One browser and one demo site a session, a new phone a test, and a watch on everything that is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.browser.chromium import FLAGS, MISSING, find_chromium
from tests.browser.contestant import Contestant
from tests.browser.server import Site, running_demo

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
COMPUTER = {"viewport": {"width": 1280, "height": 800}}
DENY_STORAGE = """
  const deny = () => { throw new DOMException('denied', 'SecurityError') };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(window, name, {get: deny});
  Object.defineProperty(Document.prototype, 'cookie', {get: deny, set: deny});
"""
YEARS = count(1930)
PHONES = count(1)


@dataclass
class Watch:
    """Whatever a page did that it should not: asked a stranger, complained, or broke."""

    site: Site
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    forgiven: tuple[str, ...] = ()

    def over(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        context.on("console", lambda message: self.hear(message.type, message.text, message.page))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def hear(self, kind: str, text: str, page: Page | None) -> None:
        if kind in ("error", "warning") and not any(each in text for each in self.forgiven):
            self.complaints.append(f"{page.url if page else ''}: {text}")

    def check(self) -> None:
        assert self.hosts - {"", urlsplit(self.site.base).netloc} == set()
        assert self.complaints == []


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_demo(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def watch(site: Site) -> Watch:
    return Watch(site)


@pytest.fixture
def phone(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """``phone(mode, **options)``: a page in a new context; afterwards nothing foreign, fault or cookie."""
    opened: list[BrowserContext] = []

    def open_phone(mode: str = "scripts", **options: object) -> Page:
        own = {"java_script_enabled": mode != "no-scripts", "extra_http_headers": own_address()}
        context = browser.new_context(**PHONE | own | options)
        context.set_default_timeout(15_000)
        if mode == "no-cookies":
            refuse_cookies(context)
        watch.over(context)
        opened.append(context)
        return context.new_page()

    yield open_phone
    cookies = [cookie for context in opened if context.pages for cookie in context.cookies()]
    for context in opened:
        if context.pages:  # what is on its way when a page closes is nobody's fault
            context.unroute_all(behavior="ignoreErrors")
        context.close()
    assert cookies == []
    watch.check()


def own_address() -> dict[str, str]:
    """As from a proxy: every phone has its own address, so that the limits see many people, not one."""
    number = next(PHONES)
    return {"X-Forwarded-For": f"198.51.{100 + number // 250}.{1 + number % 250}"}


def refuse_cookies(context: BrowserContext) -> None:
    """As Zalo's browser does: no cookie is kept, and asking for storage is an error."""

    def without_cookies(route: Route) -> None:
        reply = route.fetch(max_redirects=0)
        headers = {name: value for name, value in reply.headers.items() if name != "set-cookie"}
        assert headers == reply.headers, "the server set a cookie"
        route.fulfill(response=reply, headers=headers)

    context.add_init_script(DENY_STORAGE)
    context.route("**/*", without_cookies)


@pytest.fixture
def contestant(phone: Callable[..., Page], site: Site) -> Callable[..., Contestant]:
    """``contestant(mode, lang)``: somebody nobody else in this session can be taken for."""

    def come(mode: str = "scripts", lang: str = "vi", **options: object) -> Contestant:
        return Contestant(phone(mode, **options), site, lang, next(YEARS))

    return come


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core; run by the test itself, so the page's own policy stays as it is."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")

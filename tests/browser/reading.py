"""What keeps a page from being read or pressed: told by axe, measured on the screen."""

from __future__ import annotations

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TWICE = "250%"  # of the browser's own 16 px; the pages' letters are 20 px, 125 %
RUN_AXE = """tags => axe.run(document, {runOnly: tags, resultTypes: ['violations'], preload: false}).then(
  found => found.violations.map(
    each => each.id + ': ' + each.nodes.map(node => node.target + ' ' + node.failureSummary).join(' | ')))"""
SMALL_TARGETS = """() => {
  const lists = '.links a, .numbers a, .notice li a, nav a';
  return [...document.querySelectorAll('a, button, input, select, textarea, summary')]
    .filter(each => !each.matches('[type=hidden], .skip'))
    .filter(each => each.matches(lists) || !each.matches('p a, dd a, li a'))
    .map(each => each.closest('label') || each)
    .filter(each => each.getClientRects().length && each.getBoundingClientRect().height < 55.5)
    .map(each => each.outerHTML.slice(0, 120) + ' ' + each.getBoundingClientRect().height);
}"""
BEYOND_THE_EDGE = """() => {
  const wide = document.documentElement.clientWidth;
  const scrolls = document.documentElement.scrollWidth > wide || innerWidth > wide;
  const parts = [...document.body.querySelectorAll('*')]
    .filter(each => !each.closest('.unseen, .skip') && each.getBoundingClientRect().right > wide + 1)
    .map(each => each.outerHTML.slice(0, 100));
  return [...(scrolls ? ['the page scrolls'] : []), ...parts];
}"""


def faults(page: Page, axe: str) -> list[str]:
    """What axe says, targets too small for a finger, and parts that leave the screen."""
    page.evaluate(axe)
    found = [*page.evaluate(RUN_AXE, TAGS), *page.evaluate(SMALL_TARGETS), *page.evaluate(BEYOND_THE_EDGE)]
    return [str(each) for each in found]

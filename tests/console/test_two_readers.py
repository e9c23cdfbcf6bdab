"""Do two people who look at every screen of the same node each see what is theirs, and nothing else?"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.console.conftest import settled
from tests.console.story.homes import NOW
from tests.console.two_readers import (
    HERS,
    HIDDEN,
    HIS,
    OBJECT,
    WORLD,
    House,
    Known,
    house,
    open_to_him,
)

HAPPENING = re.compile(r"\b[A-Z]{2,8}-[A-Z]{2}\d{2}-\d{4,}\b")
NUMBER = re.compile(r'"norad_cat_id": ?(\d+)')
NO_END = "/stream"
FIRST_LINK = "place => document.querySelector(`main a[href^='${place}/']`)?.getAttribute('href')"
# The ways of a re-entry are computed when they are asked for, on machines that may be busy.
PATIENCE_MS = 300_000
GO = "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')) }"


@dataclass
class Told:
    """All that one reader was told: each body that came over the line, and each text that stood on a page."""

    bodies: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def listen(self, page: Page) -> None:
        """Keep a copy of every answer on its way to a page."""
        page.route(re.compile(r"/api/v1/(?!stream)"), lambda route: self._pass_on(route))

    def _pass_on(self, route: Route) -> None:
        answer = route.fetch(timeout=PATIENCE_MS, max_retries=3)
        self.bodies[route.request.url.partition("/api/v1")[2]] = answer.body().decode(errors="replace")
        route.fulfill(response=answer)

    def read(self, page: Page, place: str) -> None:
        """Keep what stands on a page once all of it was told."""
        settled(page)
        self.pages[place] = page.inner_text("body")

    def everything(self) -> dict[str, str]:
        return {**self.bodies, **{f"page {place}": text for place, text in self.pages.items()}}


def look_at_every_screen(page: Page, told: Told) -> list[str]:
    """Go to every screen of the rail, from each to the first thing it speaks of; return where that was."""
    rail = page.get_by_role("navigation", name="Screens").get_by_role("link")
    screens = [(link.inner_text().strip(), link.get_attribute("href") or "") for link in rail.all()]
    followed = []
    for title, address in screens:
        place = address.partition("?")[0]
        page.evaluate(GO, address)
        page.wait_for_function("title => document.title.startsWith(title)", arg=title)
        told.read(page, place)
        deeper = page.evaluate(FIRST_LINK, place)
        if deeper:
            page.evaluate(GO, deeper)
        elif page.locator("main .opens").count():
            page.locator("main .opens").first.press("Enter")
        else:
            continue
        followed.append(page.url.removeprefix(page.url.partition("/console")[0]))
        told.read(page, followed[-1])
    return followed


def ask_every_list(page: Page, told: Told) -> None:
    """Ask whatever can be asked without naming anything: also what no screen shows yet."""
    paths = page.request.get("/api/v1/openapi.json").json()["paths"]
    for path, methods in paths.items():
        if "get" not in methods or "{" in path or NO_END in path:
            continue
        answer = page.request.get(path, params={"realm": WORLD.value, "words": "a"})
        told.bodies[f"asked {path}"] = answer.body().decode(errors="replace")


@contextmanager
def visit(at: House, browser: Browser, name: str, told: Told, args: dict) -> Iterator[Page]:
    """Lend the page of somebody who signed in, in a browser of his own."""
    context = browser.new_context(**args, base_url=at.address)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.clock.set_fixed_time(NOW)
    told.listen(page)
    at.come(page, name, f"watch?realm={WORLD}")
    yield page
    page.unroute_all(behavior="wait")
    context.close()


@pytest.fixture
def readers(browser, story, tmp_path, browser_context_args):
    """What each of the two was told, he also where only she may go, and what he may know of."""
    home = tmp_path / "home"
    shutil.copytree(story, home)
    known = open_to_him(home)
    hers, his = Told(), Told()
    with house(home) as at:
        with visit(at, browser, HERS, hers, browser_context_args) as page:
            found = look_at_every_screen(page, hers)
            ask_every_list(page, hers)
        with visit(at, browser, HIS, his, browser_context_args) as page:
            look_at_every_screen(page, his)
            ask_every_list(page, his)
            for place in found:
                page.evaluate(GO, place)
                his.read(page, place)
    return hers, his, known


def leaks(told: Told, known: Known) -> list[str]:
    """Return what somebody was told that he may not know of, and where; what he named himself he knew."""
    found = []
    for where, text in told.everything().items():
        strange = set(OBJECT.findall(text)) - known.objects
        strange |= set(HAPPENING.findall(text)) - known.happenings
        strange |= {number for number in NUMBER.findall(text) if int(number) not in known.numbers}
        strange |= {HIDDEN} if HIDDEN in text else set()
        found += [f"{where}: {each}" for each in sorted(strange) if each not in where]
    return found


def test_what_is_kept_from_him_comes_over_the_line_on_no_screen_and_she_sees_it(readers):
    hers, his, known = readers
    assert "\n".join(leaks(his, known)) == ""
    # The same way of looking finds it where it is: nothing is proved by looking nowhere.
    hers_found = "\n".join(leaks(hers, known))
    assert HIDDEN in hers_found
    assert OBJECT.search(hers_found)
    assert HAPPENING.search(hers_found)
    # And he is not shown an empty house: what is for both, both see.
    his_texts, her_texts = ("\n".join(each.everything().values()) for each in (his, hers))
    for each in known.opened:
        assert each in his_texts
        assert each in her_texts

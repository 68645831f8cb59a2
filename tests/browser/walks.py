"""A person at a page who counts what a job costs: answers, activations, page loads, tab stops."""

from collections import Counter
from contextlib import nullcontext

import pytest
from playwright.sync_api import Locator, Page

WAYS = pytest.mark.parametrize(
    ("width", "javascript", "by_keyboard"),
    [(1280, True, False), (1280, True, True), (360, False, False), (360, False, True)],
)
MOST_STOPS = 60
HAS_FOCUS = "(one) => one === document.activeElement"
HOLDS_FOCUS = "(one) => one.contains(document.activeElement)"
GROUP_HAS_FOCUS = "(one) => one.type === 'radio' && one.name === document.activeElement.name"


class Walk:
    """The same steps by mouse and by keyboard alone; tab stops are counted from `enter` on."""

    def __init__(self, page: Page, *, by_keyboard: bool = False) -> None:
        self.page, self.by_keyboard = page, by_keyboard
        self.costs = Counter[str]()
        page.on("load", lambda _: self.costs.update(loads=1))

    def enter(self, part: Locator) -> None:
        """Come to the first thing in this part of the page that takes the keyboard."""
        if self.by_keyboard:
            self.tab_until(part, HOLDS_FOCUS)
            self.costs["stops"] = 1

    def activate(self, target: Locator, *, loads: bool = True) -> None:
        """Follow a link, press a button, or open what is folded (which loads nothing)."""
        self.costs.update(activations=1)
        with self.page.expect_event("load") if loads else nullcontext():
            if self.by_keyboard:
                self.tab_until(target, HAS_FOCUS)
                self.page.keyboard.press("Enter")
            else:
                target.click()

    def answer(self, field: Locator, text: str) -> None:
        self.costs.update(answers=1)
        self.write(field, text)

    def write(self, field: Locator, text: str) -> None:
        if self.by_keyboard:
            self.tab_until(field, HAS_FOCUS)
            self.page.keyboard.type(text)
        else:
            field.fill(text)

    def choose(self, option: Locator) -> None:
        self.costs.update(answers=1)
        self.check(option)

    def check(self, option: Locator) -> None:
        if not self.by_keyboard:
            option.check()
        elif option.get_attribute("type") == "radio":
            self.tab_until(option, GROUP_HAS_FOCUS)
            while not option.is_checked():
                # The group is entered at its first button, which arrows alone do not choose.
                key = "Space" if option.evaluate(HAS_FOCUS) else "ArrowDown"
                self.page.keyboard.press(key)
        else:
            self.tab_until(option, HAS_FOCUS)
            self.page.keyboard.press("Space")

    def pick(self, picker: str, text: str, hit: str) -> None:
        """Search for a row and choose what was found: one answer, and the button "Cari"."""
        self.write(self.page.locator(f"#id_{picker}"), text)
        self.activate(self.page.locator(f"button[name=cari][value='{picker}']"))
        self.choose(self.page.get_by_role("radio", name=hit))

    def tab_until(self, target: Locator, reached: str) -> None:
        for _ in range(MOST_STOPS):
            if target.evaluate(reached):
                return
            self.page.keyboard.press("Tab")
            self.costs.update(stops=1)
        raise AssertionError(f"Not reached by {MOST_STOPS} tab stops: {target}")

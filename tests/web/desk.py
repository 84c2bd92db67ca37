"""A person at the workbench: opens, reads, types and clicks in a real Chromium, and waits for what comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import User
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    StaleElementReferenceException,
    TimeoutException,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions as seen
from selenium.webdriver.support.ui import Select, WebDriverWait

from claims.models import Document

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

PATIENCE = 20  # seconds until a page that does not come is a failure; no test measures time
PASS_PHRASE = "a long pass phrase"
# A button may carry an icon before its words and its key behind them.
_NAMED = "[normalize-space()={0} or text()[normalize-space()={0}]]"
_NOT_YET = (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    StaleElementReferenceException,
)


class Desk:
    """What a person does at the workbench."""

    def __init__(self, driver: Chrome, address: str) -> None:
        self.driver, self.address = driver, address

    def open(self, path: str) -> None:
        self.driver.get(self.address + path)

    def wait(self, condition: Callable[[Any], Any], what: str = "") -> Any:
        """What the condition gives once it gives something; ``what`` is told if it never does."""
        waiting = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=_NOT_YET)
        try:
            return waiting.until(condition)
        except TimeoutException as late:
            shown = " ".join(self.driver.find_element(By.TAG_NAME, "body").text.split())
            message = (
                f"{what or 'what was awaited'} did not come at {self.driver.current_url}: {shown[:3000]}"
            )
            raise AssertionError(message) from late

    def find(self, css: str) -> Any:
        return self.wait(seen.visibility_of_element_located((By.CSS_SELECTOR, css)), css)

    def all(self, css: str) -> list[str]:
        """The words of each element that is there now."""
        return [element.text for element in self.driver.find_elements(By.CSS_SELECTOR, css)]

    def says(self, css: str, words: str) -> None:
        """Waits until the words stand there: in one of these elements, as a person would read them."""

        def there(_: Any) -> bool:
            return any(" ".join(words.split()) in " ".join(each.split()) for each in self.all(css))

        self.wait(there, f"“{words}” in {css}")

    def at(self, ending: str) -> None:
        """Waits until the address ends so; the page is then the one that was asked for."""
        self.wait(lambda d: d.current_url.endswith(ending), f"the address {ending}")

    def press(self, words: str, within: str = "main") -> None:
        """Clicks the button that is called so; the first that is shown, where there are several."""
        self._click(f".//button{_NAMED.format(quoted(words))}", within, f"the button “{words}”")

    def unfold(self, words: str, within: str = "main") -> None:
        """Opens a part of the page that is folded away under these words."""
        self._click(f".//details[not(@open)]/summary[contains(., {quoted(words)})]", within, f"“{words}”")

    def follow(self, words: str, within: str = "main") -> None:
        self._click(f".//a[contains(normalize-space(), {quoted(words)})]", within, f"the link “{words}”")

    def _click(self, path: str, within: str, what: str) -> None:
        def done(driver: Any) -> bool:
            for around in driver.find_elements(By.CSS_SELECTOR, within):
                for element in around.find_elements(By.XPATH, path):
                    if element.is_displayed() and element.is_enabled():
                        element.click()
                        return True
            return False

        self.wait(done, f"{what} in {within}")

    def fill(self, label: str, words: str, within: str = "main") -> None:
        """Types into the field that is called so, in place of what stood there."""
        field = self._field(label, within)
        field.clear()
        field.send_keys(words)

    def choose(self, label: str, words: str, within: str = "main") -> None:
        Select(self._field(label, within)).select_by_visible_text(words)

    def tick(self, label: str, within: str = "main") -> None:
        self._click(f".//label[contains(normalize-space(), {quoted(label)})]", within, f"“{label}”")

    def _field(self, label: str, within: str) -> Any:
        path = f".//label[starts-with(normalize-space(), {quoted(label)})]"

        def found(driver: Any) -> Any:
            for around in driver.find_elements(By.CSS_SELECTOR, within):
                for each in around.find_elements(By.XPATH, path):
                    field = driver.find_element(By.ID, each.get_attribute("for"))
                    if field.is_displayed() and field.is_enabled():
                        return field
            return None

        return self.wait(found, f"the field “{label}” in {within}")

    def type(self, *keys: str) -> None:
        """Keys, one after the other, wherever the cursor is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Waits until what is done here has led to another page: a click returns before the answer comes."""
        old = self.driver.find_element(By.TAG_NAME, "html")
        yield
        self.wait(seen.staleness_of(old), "another page")

    def log_in(self, user: User, to: str = "/findings/") -> None:
        self.open(to)
        self.find("#id_username").send_keys(user.username)
        with self.leaving():  # the log-in page's own address ends the same way
            self.find("#id_password").send_keys(PASS_PHRASE, Keys.ENTER)
        self.at(to)

    def paste(self, text: str, **declared: str) -> UUID:
        """Brings an article in by the ingest page, with what is known about it; gives the document's id."""
        self.open("/ingest/?way=paste")
        before = set(Document.objects.values_list("id", flat=True))
        self.driver.execute_script("document.getElementById('id_text').value = arguments[0]", text)
        for name, value in declared.items():
            self.driver.execute_script(f"document.getElementById('id_{name}').value = arguments[0]", value)
        self.press("Add")
        self.says(".notes", "accepted and stored")
        [made] = set(Document.objects.values_list("id", flat=True)) - before
        return made

    def errors(self, *expected: str) -> list[str]:
        """What the browser logged as an error since it was last asked, but for the expected."""
        logged = [line["message"] for line in self.driver.get_log("browser") if line["level"] == "SEVERE"]
        return [line for line in logged if not any(each in line for each in expected)]


def quoted(words: str) -> str:
    """As XPath writes a string that holds no double quote."""
    assert '"' not in words
    return f'"{words}"'

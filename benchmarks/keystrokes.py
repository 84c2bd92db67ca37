"""Keystrokes from opening the queue to a recorded decision, counted in a real browser.

    python benchmarks/keystrokes.py [--doccano http://127.0.0.1:8000 --user admin --password ...]

Ours: the sample stories are loaded, somebody logs in and opens the queue, and types until the database
holds the decision. With ``--doccano`` the same decision is made there: two labels with a key each, two
texts, and the person types until its API tells the label and that the text is finished. (doccano comes
from PyPI; into an environment of its own: ``pip install doccano 'marshmallow<4' 'numpy<2'``; ``doccano
init``, ``doccano createuser``, ``doccano webserver``.) Log-in and opening the page count in neither.
"""

from __future__ import annotations

import argparse
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.servers import Servers, say

PATIENCE = 20  # seconds


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    with tempfile.TemporaryDirectory() as profile:
        options = webdriver.ChromeOptions()
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,1000"):
            options.add_argument(flag)
        options.add_argument(f"--user-data-dir={profile}")
        driver = webdriver.Chrome(options=options)
        try:
            yield driver
        finally:
            driver.quit()


class Typist:
    """Types keys one by one and counts them."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self.typed: list[str] = []

    def type(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()
            self.typed.append({Keys.ENTER: "Enter", Keys.ARROW_RIGHT: "Right"}.get(key, key))
            time.sleep(0.5)

    def told(self, what: str) -> None:
        say(f"  {what:58}{len(self.typed):3}   {' '.join(self.typed)}")
        self.typed = []


def until(happened: Callable[[], Any]) -> Any:
    """Waits; raises SystemExit when it does not happen."""
    ends = time.monotonic() + PATIENCE
    while not (answer := happened()):
        if time.monotonic() > ends:
            raise SystemExit("The decision was not recorded.")
        time.sleep(0.2)
    return answer


def ours(address: str, driver: webdriver.Chrome) -> None:
    from claims.models import Review

    driver.get(f"{address}/login/?next=/queue/")
    driver.find_element(By.NAME, "username").send_keys("ada")
    driver.find_element(By.NAME, "password").send_keys("a pass phrase for ada" + Keys.ENTER)
    WebDriverWait(driver, PATIENCE).until(lambda d: d.find_elements(By.CSS_SELECTOR, "[data-keys-list]"))
    time.sleep(1)
    typist = Typist(driver)
    say("ours")
    typist.type("c")
    until(lambda: Review.objects.filter(decision="confirm").exists())
    typist.told("confirm the first finding (the next one comes by itself)")
    typist.type("d", "1")
    until(lambda: Review.objects.filter(decision="dismiss").exclude(reason="").exists())
    typist.told("dismiss the next one, with a reason")
    typist.type("z")
    until(lambda: Review.objects.filter(undoes__isnull=False).exists())
    typist.told("undo that")


def theirs(address: str, user: str, password: str, driver: webdriver.Chrome) -> None:
    session = requests.Session()
    login = {"username": user, "password": password}
    session.post(f"{address}/v1/auth/login/", json=login, timeout=PATIENCE).raise_for_status()
    session.headers["X-CSRFToken"] = session.cookies["csrftoken"]

    def post(path: str, **fields: Any) -> dict[str, Any]:
        answer = session.post(f"{address}/v1/{path}", json=fields, timeout=PATIENCE)
        answer.raise_for_status()
        return dict(answer.json())

    project = post(
        "projects",
        name="findings",
        description="findings",
        project_type="DocumentClassification",
        resourcetype="TextClassificationProject",
        single_class_classification=True,
        tags=[],
    )["id"]
    for label, key in (("confirmed", "c"), ("dismissed", "d")):
        post(
            f"projects/{project}/category-types",
            text=label,
            suffix_key=key,
            prefix_key=None,
            background_color="#209cee",
            text_color="#ffffff",
        )
    first, second = (
        post(f"projects/{project}/examples", text=text, meta={}, upload_name="story")["id"]
        for text in ("One paper says as many as 31, another 31.", "One paper says 24 kg, another 2.4 kg.")
    )

    def decided(example: int) -> bool:
        base = f"{address}/v1/projects/{project}/examples"
        label = session.get(f"{base}/{example}/categories", timeout=PATIENCE).json()
        rows = session.get(base, timeout=PATIENCE).json()["results"]
        return bool(label) and any(row["id"] == example and row["is_confirmed"] for row in rows)

    driver.get(f"{address}/auth")
    WebDriverWait(driver, PATIENCE).until(lambda d: d.find_elements(By.NAME, "username"))
    driver.find_element(By.NAME, "username").send_keys(user)
    driver.find_element(By.NAME, "password").send_keys(password + Keys.ENTER)
    time.sleep(4)
    driver.get(f"{address}/projects/{project}/text-classification?page=1")
    time.sleep(5)
    typist = Typist(driver)
    say("doccano")
    typist.type("c", Keys.ENTER)
    until(lambda: decided(first))
    typist.told("label the first text and mark it finished")
    typist.type(Keys.ARROW_RIGHT, "d", Keys.ENTER)
    until(lambda: decided(second))
    typist.told("go to the next one, label it, mark it (no reason is kept)")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--doccano", metavar="URL")
    parser.add_argument("--user", default="admin")
    parser.add_argument("--password", default="")
    options = parser.parse_args()
    with Servers(HTTPS="0", DEBUG="1") as servers, browser() as driver:
        from django.contrib.auth.models import User
        from django.core.management import call_command

        User.objects.create_user("ada", "ada@example.org", "a pass phrase for ada")
        call_command("loadsamples", wait=True, verbosity=0, stdout=io.StringIO())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
        environment = {**os.environ, **servers.variables}
        server = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            until(lambda: _answers(f"http://127.0.0.1:{port}/login/"))
            ours(f"http://127.0.0.1:{port}", driver)
        finally:
            server.terminate()
            server.wait()
        if options.doccano:
            theirs(options.doccano.rstrip("/"), options.user, options.password, driver)


def _answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=2).ok
    except requests.ConnectionError:
        return False


if __name__ == "__main__":
    main()

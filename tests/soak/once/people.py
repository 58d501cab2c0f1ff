"""Readers who never stop asking, and somebody at the desk, while something breaks."""

import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from secrets import token_hex
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin

from lxml import html

from tests.server import PASSWORD

LOGIN = "/desk/login/"
FORM = "/desk/releases/release/{}/change/"


@dataclass(frozen=True)
class Answer:
    """What came back; `status` 0 where nothing did."""

    asked: float
    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether a page came to its end."""
        return self.text.rstrip().endswith(("</html>", "</p>", "</feed>"))

    def form(self, holding: str) -> html.FormElement:
        """The page's form with a field of this name."""
        forms = html.fromstring(self.text, base_url=self.url).forms
        (found,) = [one for one in forms if holding in one.fields]
        return found


class Person:
    """Somebody at a browser: keeps cookies, and sends the forms that are shown."""

    def __init__(self, site: str) -> None:
        self.site = site
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.browser = urllib.request.build_opener(cookies)

    def ask(self, path: str, sent: bytes | None = None, kind: str = "") -> Answer:
        """Get a page, or send something; an error is an answer as well, and so is none."""
        url, asked = urljoin(self.site, path), time.time()
        headers = {"Content-Type": kind} if kind else {}
        try:
            request = urllib.request.Request(url, sent, headers)
            with self.browser.open(request, timeout=30) as answer:
                return told(asked, answer.url, answer)
        except HTTPError as error:
            return told(asked, url, error)
        except (URLError, HTTPException, OSError):
            return Answer(asked, url, 0)

    def press(self, page: Answer, holding: str, button: str = "", **changed: str) -> Answer:
        """Send a form of the page, as it was shown but for what was changed."""
        form = page.form(holding)
        for name, text in changed.items():
            form.fields[name] = text
        sent = [*form.form_values(), *([(button, "")] if button else [])]
        return self.ask(form.action or page.url, urlencode(sent).encode())

    def sign_in(self, name: str) -> None:
        page = self.ask(LOGIN)
        answer = self.press(page, "password", username=name, password=PASSWORD)
        assert answer.status == 200, answer
        assert LOGIN not in answer.url, answer.text

    def upload(self, path: str, token: str, picture: bytes) -> Answer:
        """Send a picture, as the script does that takes what is dropped into the text."""
        mark = token_hex(8)
        lines = [
            f"--{mark}",
            'Content-Disposition: form-data; name="csrfmiddlewaretoken"',
            "",
            token,
            f"--{mark}",
            'Content-Disposition: form-data; name="upload"; filename="square.png"',
            "Content-Type: image/png",
            "",
            "",
        ]
        sent = "\r\n".join(lines).encode() + picture + f"\r\n--{mark}--\r\n".encode()
        return self.ask(path, sent, f"multipart/form-data; boundary={mark}")


def told(asked: float, url: str, answer: HTTPError | urllib.request.Request) -> Answer:
    """An answer that came; one that broke off is none."""
    try:
        text = answer.read().decode("utf-8", "replace")
    except (HTTPException, OSError):
        return Answer(asked, url, 0)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(asked, url, answer.status, headers, text)


@contextmanager
def readers(site: str, paths: tuple[str, ...], number: int = 4) -> Iterator[list[Answer]]:
    """People who read these pages over and over within; yields what they were answered."""
    answers: list[Answer] = []
    stop = threading.Event()

    def read() -> None:
        person = Person(site)
        while not stop.is_set():
            for path in paths:
                answers.append(person.ask(path))
                if stop.wait(0.01):
                    return

    threads = [threading.Thread(target=read) for _each in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def until(true: Callable[[], bool], seconds: float, why: str) -> float:
    """Ask until it holds; return how long that took. Raises AssertionError when it never does."""
    began = time.time()
    while not true():
        assert time.time() < began + seconds, why
        time.sleep(0.05)
    return time.time() - began

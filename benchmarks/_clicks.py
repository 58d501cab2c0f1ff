"""What benchmarks/way_out.py measures, in a process where Django is set up on the demo."""

import statistics
import time
from collections.abc import Callable
from itertools import count

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from cepr_press import urls

ROUNDS, CLICKS = 15, 400
ADDRESS = "/donate/support-cepr-english/?from=remittances-share-of-gdp"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def timed(ask: Callable[[], object]) -> float:
    """Return the seconds that so many answers take."""
    began = time.perf_counter()
    for _click in range(CLICKS):
        ask()
    return time.perf_counter() - began


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
    """Print the milliseconds of an answer, and the ratio."""
    timed(ours), timed(theirs)
    rounds = [(timed(ours), timed(theirs)) for _each in range(ROUNDS)]
    one, other = (statistics.median(column) / CLICKS * 1000 for column in zip(*rounds, strict=True))
    ratio = statistics.median(a / b for a, b in rounds)
    print(f"{name:<18}{one:>8.3f}{other:>10.3f}{ratio:>8.2f}", flush=True)


def measure() -> None:
    """Compare the way out with the constant."""
    settings.ALLOWED_HOSTS = ["*"]
    urls.urlpatterns.insert(0, path("constant/", lambda request: HttpResponse(b"constant")))
    client, clicks = Client(headers={"user-agent": BROWSER}), count()

    def new_reader() -> object:
        return client.get(ADDRESS, headers={"user-agent": f"{BROWSER} {next(clicks)}"})

    def constant() -> object:
        return client.get("/constant/")

    assert client.get(ADDRESS).status_code == 303
    assert client.get("/constant/").status_code == 200
    print(f"{'milliseconds':<18}{'ours':>8}{'theirs':>10}   ratio")
    compare("the same reader", lambda: client.get(ADDRESS), constant)
    compare("new readers", new_reader, constant)

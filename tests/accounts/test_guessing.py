"""Guessing: slower and slower, for strangers only, and nothing forgets."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from accounts import waiting
from accounts.models import AccountAct, Guesses
from tests.accounts.steps import browser, is_in, try_password
from tests.make import make_user

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "passed", "expected"),
    [
        (0, 0, 0), (4, 0, 0),
        (5, 0, 15), (5, 14.2, 1), (5, 15, 0),
        (6, 0, 30), (7, 0, 60), (7, 45, 15),
        (13, 0, 3600), (5000, 0, 3600), (5000, 3600, 0),
        (5000, 24 * 3600, 0),
    ],
)  # fmt: skip
def test_each_failure_doubles_the_wait_up_to_an_hour(failures, passed, expected):
    assert waiting.left(failures, waiting.FREE, passed) == expected


def waits(page) -> bool:
    return "Too many attempts: wait" in page.content.decode()


def guess(name: str, times: int, address: str = "192.0.2.1"):
    """A stranger with a new browser for each guess."""
    for number in range(times):
        page = try_password(browser(REMOTE_ADDR=address), name, f"guess {number}")
    return page


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.mark.django_db
def test_after_five_guesses_a_stranger_waits_even_with_the_right_password(writer, clock):
    assert not waits(guess(writer.username, 5))
    stranger = browser()
    assert waits(try_password(stranger, writer.username))
    assert not is_in(stranger)
    clock.shift(timedelta(seconds=16))
    try_password(stranger, writer.username)
    assert is_in(stranger)


@pytest.mark.django_db
def test_a_name_that_nobody_has_is_counted_alike(clock):
    assert not waits(guess("nobody", 5))
    assert waits(guess("nobody", 1))
    assert AccountAct.objects.count() == 5


@pytest.mark.django_db
def test_the_owner_comes_in_by_a_known_browser_whatever_strangers_do(writer, clock):
    own = browser()
    try_password(own, writer.username)
    own.post("/desk/logout/")
    for number in range(40):
        guess(writer.username, 1, f"198.51.100.{number}")
    assert waits(guess(writer.username, 1))
    own.cookies.pop("sessionid", None)
    assert not is_in(own)
    try_password(own, writer.username)
    assert is_in(own)
    # And it was no password that forgave the strangers.
    assert waits(guess(writer.username, 1))


@pytest.mark.django_db
def test_a_known_browser_is_known_for_one_name_and_has_limits_of_its_own(writer, editor, clock):
    own = browser()
    try_password(own, writer.username)
    own.cookies.pop("sessionid")
    assert not waits([try_password(own, writer.username, "wrong") for _ in range(5)][-1])
    assert waits(try_password(own, writer.username))
    guess(editor.username, 5)
    assert waits(try_password(own, editor.username))


@pytest.mark.django_db
def test_a_forged_cookie_makes_no_known_browser(writer, clock):
    own = browser()
    try_password(own, writer.username)
    [name] = [one for one in own.cookies if one.startswith("known_")]
    guess(writer.username, 5)
    thief = browser()
    thief.cookies[name] = own.cookies[name].value[:-2] + "xx"
    assert waits(try_password(thief, writer.username))


@pytest.mark.django_db
def test_one_network_that_tries_many_names_is_slowed_too(clock):
    for number in range(waiting.FREE_NETWORK):
        page = guess(f"name{number}", 1)
    assert not waits(page)
    assert waits(guess("another", 1))
    assert not waits(guess("another", 1, "203.0.113.9"))


@pytest.mark.django_db
def test_one_s_own_success_does_not_wipe_out_guesses_at_others(clock):
    mallory = make_user("writer", "mallory")
    for number in range(waiting.FREE_NETWORK):
        guess(f"name{number}", 1)
        if number % 10 == 0:
            try_password(browser(REMOTE_ADDR="192.0.2.1"), mallory.username)
    assert waits(guess("another", 1))


@pytest.mark.django_db
def test_behind_a_proxy_only_what_that_proxy_saw_counts(settings, clock):
    settings.PROXIES = 1
    for number in range(waiting.FREE_NETWORK):
        told = {"x-forwarded-for": f"10.9.8.{number}, 192.0.2.77"}
        page = try_password(browser_behind(told), f"name{number}", "x")
    assert not waits(page)
    assert waits(try_password(browser_behind({"x-forwarded-for": "192.0.2.77"}), "another", "x"))
    assert not waits(try_password(browser_behind({"x-forwarded-for": "192.0.2.78"}), "other", "x"))


def browser_behind(told: dict[str, str]):
    client = browser()
    client.defaults.update({"HTTP_X_FORWARDED_FOR": told["x-forwarded-for"]})
    return client


@pytest.mark.django_db
def test_a_header_is_not_believed_where_no_proxy_stands(clock):
    for number in range(waiting.FREE_NETWORK):
        try_password(browser_behind({"x-forwarded-for": f"10.0.0.{number}"}), f"n{number}", "x")
    assert waits(try_password(browser_behind({"x-forwarded-for": "10.1.1.1"}), "another", "x"))


@pytest.mark.django_db
def test_what_is_counted_tells_no_names_and_goes_after_a_day(writer, clock):
    guess(writer.username, 3)
    assert writer.username not in str(list(Guesses.objects.values()))
    clock.shift(timedelta(days=1, seconds=1))
    guess("somebody else", 1)
    assert Guesses.objects.count() == 2


GUESS = """
import django; django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from django.test import Client
answer = Client(SERVER_NAME="localhost").post(
    "/desk/login/", {"username": "ada", "password": "wrong"})
print("wait" if "Too many attempts" in answer.content.decode() else "wrong")
"""


@pytest.mark.long
def test_a_restart_forgets_nothing(tmp_path):
    """Each guess is a process of its own, as after a restart or on another machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRESS_")}
    variables = {
        **kept,
        "PRESS_VAR": str(tmp_path),
        "PRESS_DEBUG": "yes",
        "DJANGO_SETTINGS_MODULE": "cepr_press.settings",
    }

    def python(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=variables, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    python("manage.py", "migrate", "--verbosity", "0")
    assert [python("-c", GUESS) for _ in range(6)] == [*["wrong"] * 5, "wait"]

"""The log: each line with its request's name, none with anybody's data."""

import json
import logging
import re
import sys
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from cepr_press.watch.logs import Discreet, JsonLines, Lines
from tests.cepr_press.test_page_cache import ask
from tests.cepr_press.test_settings import PRODUCTION, python, setting
from tests.cepr_press.watched import application
from tests.make import make_edition, make_user

SECRET = "planted-secret-of-a-link"


@pytest.fixture
def app(db, settings):
    settings.LOG_REQUESTS = True
    with application() as app:
        yield app


@pytest.fixture(params=[Lines, JsonLines])
def log(request):
    """All that is logged, written down as the settings have it written."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(request.param())
    handler.addFilter(Discreet())
    loggers = [logging.getLogger(), logging.getLogger("press.requests")]
    former = [one.level for one in loggers]
    loggers[0].addHandler(handler)
    for one in loggers:
        one.setLevel(logging.INFO)
    yield out
    loggers[0].removeHandler(handler)
    for one, level in zip(loggers, former, strict=True):
        one.setLevel(level)


@pytest.fixture
def json_log(log, request):
    """The same, read as JSON."""
    log.seek(0)
    return lambda: [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.parametrize("log", [JsonLines], indirect=True)
def test_an_answer_is_a_line_of_json_with_the_name_that_the_reader_got(app, json_log):
    page = make_edition().get_absolute_url()
    answers = [ask(app, page), ask(app, page)]
    rendered, kept = [line for line in json_log() if line["logger"] == "press.requests"]
    assert [rendered["request"], kept["request"]] == [
        answer.headers["x-request-id"] for answer in answers
    ]
    assert (rendered["cache"], kept["cache"]) == ("rendered", "kept")
    assert rendered["queries"] > 3
    assert kept["queries"] == 0
    assert {kept["part"], kept["path"], kept["status"]} == {"newsroom", page, 200}
    assert rendered["route"] == "releases/<uslug:slug>/"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", kept["at"])


@pytest.mark.parametrize(
    ("path", "query", "method"),
    [
        (f"/embargo/{SECRET}/", "", "GET"),
        (f"/embargo/{SECRET}/", "", "POST"),
        (f"/desk/{SECRET}/", "", "GET"),
        (f"/nowhere/{SECRET}/", "", "GET"),
        ("/search/", f"q={SECRET}", "GET"),
        ("/", f"utm_id={SECRET}", "GET"),
        ("/desk/login/", f"next=/{SECRET}/", "POST"),
    ],
)
def test_a_line_has_no_secret_no_question_and_nobody_s_address(app, log, path, query, method):
    ask(
        app, path, query, method,
        REMOTE_ADDR="203.0.113.77", HTTP_X_FORWARDED_FOR="203.0.113.77",
        HTTP_USER_AGENT=f"Agent/{SECRET}", HTTP_COOKIE=f"sessionid={SECRET}",
        HTTP_REFERER=f"https://elsewhere.example/{SECRET}/", CONTENT_LENGTH="0",
    )  # fmt: skip
    lines = log.getvalue()
    assert "press.requests" in lines
    assert SECRET not in lines
    assert "203.0.113.77" not in lines


@pytest.mark.parametrize("log", [Lines], indirect=True)
def test_django_s_own_lines_name_the_pattern(app, log):
    ask(app, f"/embargo/{SECRET}/")
    assert "django.request" in log.getvalue()
    assert "Not Found: embargo/<slug:secret>/" in log.getvalue()


def test_an_error_of_the_database_is_told_without_the_values_of_the_row(db, log):
    make_user("writer", username="ana")
    try:
        with transaction.atomic():
            User.objects.create(username="ana")
    except IntegrityError:
        logging.getLogger("press").error("Failed.", exc_info=sys.exc_info())
    assert "IntegrityError" in log.getvalue()
    assert "(ana)" not in log.getvalue()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0123456789abcdef", True),
        ("trace-me-0000", True),
        ("short", False),
        ("two words here", False),
        ("a" * 65, False),
        ('x"}\n{"level":"error', False),
    ],
)
@pytest.mark.parametrize("behind", [True, False])
def test_a_name_is_taken_from_a_proxy_that_we_trust_alone(db, settings, behind, given, kept):
    settings.BEHIND_PROXY = behind
    with application() as app:
        answer = ask(app, "/health/live", HTTP_X_REQUEST_ID=given)
    name = answer.headers["x-request-id"]
    assert (name == given) == (kept and behind)
    assert re.fullmatch(r"[A-Za-z0-9-]{8,64}", name)


def test_every_answer_has_a_name_of_its_own(app):
    paths = ["/", "/", "/desk/", "/nothing/", "/health/ready", "/media/files/x/y"]
    names = [ask(app, path).headers["x-request-id"] for path in paths]
    assert len(set(names)) == len(paths)


def test_the_settings_write_so(tmp_path):
    code = (
        "import django; django.setup(); import logging;"
        "logging.getLogger('django.request').warning('One line')"
    )
    variables = {"DJANGO_SETTINGS_MODULE": "cepr_press.settings", **PRODUCTION}
    done = python(tmp_path, ["-c", code], PRESS_LOG_FORMAT="json", **variables)
    (line,) = done.stderr.splitlines()
    told = json.loads(line)
    assert (told["message"], told["level"], told["request"]) == ("One line", "warning", "-")
    text = python(tmp_path, ["-c", code], **variables).stderr
    assert re.fullmatch(r"\S+ \S+ WARNING django.request \[-\] One line\n", text)


def test_the_name_is_trusted_behind_the_proxy_that_production_has(tmp_path):
    assert setting(tmp_path, "s.BEHIND_PROXY", **PRODUCTION) == "True"
    assert setting(tmp_path, "s.BEHIND_PROXY") == "False"

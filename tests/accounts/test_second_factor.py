"""The second factor: set up with a proof, asked for at the door, taken once."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from accounts import factor
from accounts.models import Account, AccountAct, RecoveryCode
from tests.accounts.steps import (
    PASSWORD,
    browser,
    code_of,
    give_code,
    is_in,
    secret_on,
    try_password,
    with_factor,
)
from tests.forms import form_in, words_of
from tests.make import make_user
from tests.releases.desk.steps import signed_in

pytestmark = pytest.mark.django_db
NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
SET_UP = "/desk/account/second-factor/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def later(clock) -> None:
    """The next code is due."""
    clock.shift(timedelta(seconds=30))


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(clock, seconds, code):
    """Appendix B, its last six digits."""
    clock.move_to(datetime.fromtimestamp(seconds, tz=UTC))
    secret = b32encode(b"12345678901234567890").decode()
    assert factor.step_of(secret, code, 0) == seconds // 30
    assert factor.step_of(secret, code[::-1], 0) is None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "12345\x00"])
def test_what_is_no_code_is_refused(code):
    assert factor.step_of(factor.new_secret(), code, 0) is None


def test_the_key_is_shown_and_counts_only_once_a_code_proves_it(writer):
    client = signed_in(writer)
    page = client.get(SET_UP)
    secret = secret_on(page)
    wrong = form_in(page).post(
        client, "Turn the second factor on", {"code": "000000", "password": PASSWORD}
    )
    assert secret_on(wrong) == secret
    assert not factor.has_factor(writer)
    other = form_in(wrong).post(
        client, "Turn the second factor on", {"code": code_of(secret), "password": "not mine"}
    )
    assert not factor.has_factor(writer)
    form_in(other).post(
        client, "Turn the second factor on", {"code": code_of(secret), "password": PASSWORD}
    )
    assert factor.has_factor(writer)


def test_somebody_else_s_offer_is_not_taken(writer, editor):
    """A key that I know must not become your second factor."""
    page = signed_in(writer).get(SET_UP)
    sent = {
        "offer": form_in(page).values["offer"],
        "code": code_of(secret_on(page)),
        "password": PASSWORD,
    }
    signed_in(editor).post(SET_UP, sent)
    assert not factor.has_factor(editor)
    signed_in(writer).post(SET_UP, sent)
    assert factor.has_factor(writer)


def test_the_door_asks_for_a_code_and_opens_by_it(writer, clock):
    secret, _codes = with_factor(signed_in(writer), writer)
    later(clock)
    client = browser()
    page = try_password(client, writer.username)
    assert not is_in(client)
    wrong = give_code(client, page, "000000")
    assert "not right" in wrong.content.decode()
    assert not is_in(client)
    give_code(client, wrong, code_of(secret))
    assert is_in(client)


def test_a_code_is_taken_once(writer, clock):
    secret, _codes = with_factor(signed_in(writer), writer)
    first, second = browser(), browser()
    # The code that set it up is used up, too.
    give_code(first, try_password(first, writer.username), code_of(secret))
    assert not is_in(first)
    later(clock)
    code = code_of(secret)
    give_code(first, try_password(first, writer.username), code)
    give_code(second, try_password(second, writer.username), code)
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_code_before_one_that_was_taken_is_refused(writer, clock):
    secret, _codes = with_factor(signed_in(writer), writer)
    clock.shift(timedelta(minutes=5))
    early = code_of(secret)
    later(clock)
    first, second = browser(), browser()
    give_code(first, try_password(first, writer.username), code_of(secret))
    give_code(second, try_password(second, writer.username), early)
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_recovery_code_signs_in_once_and_is_kept_as_a_digest(writer):
    _secret, codes = with_factor(signed_in(writer), writer)
    assert len(set(codes)) == 10
    kept = str(list(RecoveryCode.objects.values()))
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]
    first, second = browser(), browser()
    give_code(first, try_password(first, writer.username), codes[3].upper().replace("-", " "))
    give_code(second, try_password(second, writer.username), codes[3])
    assert (is_in(first), is_in(second)) == (True, False)
    assert "9 recovery codes" in first.get("/desk/account/").content.decode()


def test_codes_are_guessed_slower_and_slower_and_the_owner_comes_in(writer, clock):
    own = browser()
    try_password(own, writer.username)
    secret, _codes = with_factor(own, writer)
    later(clock)
    thief = browser()
    page = try_password(thief, writer.username)
    for _number in range(5):
        page = give_code(thief, page, "000000")
    page = give_code(thief, page, code_of(secret))
    assert "Too many attempts: wait 15 seconds" in page.content.decode()
    assert not is_in(thief)
    own.cookies.pop("sessionid")
    give_code(own, try_password(own, writer.username), code_of(secret))
    assert is_in(own)


def test_half_way_in_opens_nothing_and_does_not_last(writer, clock):
    secret, _codes = with_factor(signed_in(writer), writer)
    client = browser()
    page = try_password(client, writer.username)
    for address in ("/desk/", "/desk/account/", "/desk/releases/release/"):
        assert client.get(address).status_code == 302
    assert client.get("/desk/session/").json()["user"] == ""
    clock.shift(timedelta(minutes=11))
    again = give_code(client, page, code_of(secret))
    assert again.request["PATH_INFO"] == "/desk/login/"
    assert not is_in(client)


def test_a_changed_password_ends_what_was_half_way(writer, clock):
    secret, _codes = with_factor(signed_in(writer), writer)
    client = browser()
    page = try_password(client, writer.username)
    writer.set_password("another word 12")
    writer.save()
    later(clock)
    give_code(client, page, code_of(secret))
    assert not is_in(client)


def test_turning_it_off_takes_password_and_code(writer, clock):
    client = signed_in(writer)
    secret, _codes = with_factor(client, writer)
    later(clock)
    off = "/desk/account/second-factor/off/"
    form = form_in(client.get(off))
    form.post(client, "Turn the second factor off", {"password": PASSWORD, "code": "000000"})
    form.post(client, "Turn the second factor off", {"password": "x", "code": code_of(secret)})
    assert factor.has_factor(writer)
    form.post(client, "Turn the second factor off", {"password": PASSWORD, "code": code_of(secret)})
    assert not factor.has_factor(writer)
    assert not RecoveryCode.objects.exists()
    assert Account.objects.get(user=writer).secret == ""


def test_new_recovery_codes_void_the_old(writer, clock):
    client = signed_in(writer)
    secret, old = with_factor(client, writer)
    later(clock)
    page = form_in(client.get("/desk/account/second-factor/codes/")).post(
        client, "Make new recovery codes", {"password": PASSWORD, "code": code_of(secret)}
    )
    new = words_of(page, "//ul[@class='account-codes']//code")
    assert len({*new, *old}) == 20
    other = browser()
    page = give_code(other, try_password(other, writer.username), old[0])
    assert not is_in(other)
    give_code(other, page, new[0])
    assert is_in(other)


def test_setting_it_up_and_turning_it_off_end_the_other_sessions(writer, clock):
    own, elsewhere = signed_in(writer), signed_in(writer)
    with_factor(own, writer)
    assert (is_in(own), is_in(elsewhere)) == (True, False)


@pytest.mark.parametrize(
    ("role", "led"),
    [("publisher", True), ("administrator", True), ("editor", False), ("writer", False)],
)
def test_who_must_have_one_sets_it_up_before_anything_else(settings, role, led, clock):
    settings.SECOND_FACTOR = "required"
    person = make_user(role)
    client = browser()
    try_password(client, person.username)
    for address in ("/desk/", "/desk/releases/release/", "/desk/account/", "/desk/find/?q=a"):
        answer = client.get(address)
        assert (answer.status_code == 302 and answer.url == SET_UP) is led
    if led:
        with_factor(client, person)
    assert is_in(client)


def test_who_is_led_there_may_still_sign_out(settings, publisher):
    settings.SECOND_FACTOR = "required"
    client = signed_in(publisher)
    assert client.get("/desk/").url == SET_UP
    client.post("/desk/logout/")
    assert client.get("/desk/").url.startswith("/desk/login/")


def test_the_shell_resets_the_factor_of_the_last_administrator(administrator):
    with_factor(signed_in(administrator), administrator)
    call_command("reset_second_factor", administrator.username)
    assert not factor.has_factor(administrator)
    assert AccountAct.objects.latest("pk").kind == "factor_reset"
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "nobody")


def test_the_sign_in_beside_a_form_asks_for_the_code_too(writer, clock):
    secret, _codes = with_factor(signed_in(writer), writer)
    later(clock)
    client = browser()

    def sent(**fields):
        token = client.get("/desk/session/").json()["token"]
        return client.post("/desk/session/", {"csrfmiddlewaretoken": token, **fields}).json()

    assert sent(username=writer.username, password=PASSWORD)["wants"] == "code"
    assert client.get("/desk/session/").json()["user"] == ""
    assert sent(code="000000")["wants"] == "code"
    assert sent(code=code_of(secret))["user"] == str(writer.pk)
    assert User.objects.get(pk=writer.pk).last_login is not None

"""The second factor in a real browser: set up, asked for at the door and beside a form."""

import re
import time
from base64 import b32decode
from pathlib import Path

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import Watch, sign_in
from tests.server import PASSWORD, Site

pytestmark = pytest.mark.browser
#: The demo's people are everybody's: this test has one of its own.
NAME = "phoebe"
MAKE = f"""
from django.contrib.auth.models import Group, User
from accounts import factor
user, made = User.objects.get_or_create(username={NAME!r}, defaults={{"is_staff": True}})
user.set_password({PASSWORD!r})
user.save()
user.groups.set([Group.objects.get(name="publisher")])
factor.turn_off(user)
"""


@pytest.fixture(autouse=True)
def phoebe(site: Site) -> None:
    """Somebody who may publish, and has no second factor yet."""
    site.manage("shell", "--verbosity=0", "-c", MAKE)


class Phone:
    """An app for codes, which has read the key and shows each code to one who waits."""

    def __init__(self, secret: str) -> None:
        self.totp = TOTP(b32decode(secret))
        self.shown = -1

    def code(self) -> str:
        """The next code that was not shown yet; the door takes one that is early by a step."""
        step = max(int(time.time()) // 30 - 1, self.shown + 1)
        self.shown = step
        self.totp.time = step * 30
        return f"{self.totp.token():06}"


def knock(page: Page) -> None:
    page.goto("/desk/login/")
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def set_up(page: Page) -> tuple[Phone, list[str]]:
    """Set up a second factor by the key that the page shows; return phone and recovery codes."""
    page.goto("/desk/account/")
    page.get_by_role("link", name="Set up a second factor").click()
    expect(page.get_by_role("img", name="A QR code with your key")).to_be_visible()
    phone = Phone(re.sub(r"\s", "", page.locator(".account-key").inner_text()))
    page.get_by_label("Code that the app shows").fill(phone.code())
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Turn the second factor on").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    return phone, page.locator(".account-codes code").all_inner_texts()


def leave(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()


def test_set_up_sign_out_sign_in_by_phone_and_by_recovery_code(page: Page) -> None:
    knock(page)
    phone, codes = set_up(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert Path(download.value.path()).read_text().split() == codes
    page.get_by_role("link", name="I have kept them").click()
    leave(page)
    for code in (phone.code(), codes[0]):
        knock(page)
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="CEPR desk")).to_be_visible()
        leave(page)
    knock(page)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("was used before")).to_be_visible()


@pytest.mark.long
def test_beside_a_form_the_code_is_asked_for_and_what_was_typed_stays(
    page: Page, watch: Watch
) -> None:
    watch.expect("status of 401")
    watch.expect("net::ERR_FAILED")  # the checklist does not follow into the login
    watch.expect("status of 403")  # nor does its token outlive the signing in
    watch.expect("status of 400")
    knock(page)
    phone, _codes = set_up(page)
    page.goto("/desk/releases/release/add/")
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_headline").fill("Typed while signed out")
    panel = page.get_by_role("dialog", name="Sign in again")
    panel.get_by_label("Password").fill(PASSWORD)
    panel.get_by_role("button", name="Sign in").click()
    panel.get_by_label("Code").fill("000000")
    panel.get_by_role("button", name="Sign in").click()
    expect(panel.get_by_text("not right")).to_be_visible()
    panel.get_by_label("Code").fill(phone.code())
    panel.get_by_role("button", name="Sign in").click()
    expect(panel).to_be_hidden()
    expect(page.locator("#id_headline")).to_have_value("Typed while signed out")
    expect(page.locator("[data-autosave]")).to_contain_text("kept at")


@pytest.mark.long
def test_one_ends_a_session_elsewhere(page: Page, without_scripts: BrowserContext) -> None:
    """And no page about accounts needs a script."""
    knock(page)
    other = without_scripts.new_page()
    knock(other)
    other.goto("/desk/account/")
    other.get_by_role("button", name="End all others").click()
    expect(other.get_by_text(re.compile("sessions? ha(s|ve) ended"))).to_be_visible()
    page.goto("/desk/")
    expect(page).to_have_url(re.compile("/desk/login/"))


@pytest.mark.long
def test_an_administrator_reads_who_did_what(page: Page) -> None:
    sign_in(page, "administrator")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Who did what").click()
    page.get_by_label("About").select_option("Accounts")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".log-lines tbody tr").first).to_contain_text("signed in")

"""What people do in the browser, as steps, and the watch on what the browser reports."""

import re
from pathlib import Path

from lxml import html
from playwright.sync_api import BrowserContext, ConsoleMessage, FrameLocator, Page, expect

from tests.server import PASSWORD, Site

SOMETHING = re.compile(r"\S")
FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
ON_VIOLATION = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
#: A clipboard takes markup as it is only from a page that somebody copies from: so there is one.
COPY = """(html) => document.addEventListener("copy", (event) => {
  event.clipboardData.setData("text/html", html);
  event.preventDefault();
})"""
APPROVED = """
from django.contrib.auth.models import User
from contacts.models import Contact
from releases import workflow
from releases.content import Content
from releases.models import Topic
by = {{user.username: user for user in User.objects.all()}}
content = Content(
    headline={headline!r},
    body="<p>Text.</p>",
    topics=(Topic.objects.get(slug="bolivia").pk,),
    contacts=(Contact.objects.get(slug="maren-holloway").pk,),
)
release = workflow.create(by["writer"], content)
release = workflow.submit(release.pk, by["writer"], release.version)
release = workflow.approve(release.pk, by["editor"], release.version)
print(release.pk)
"""


class Watch:
    """Collects console messages, uncaught errors, violations of the policy, foreign requests."""

    def __init__(self, home: str) -> None:
        self.allowed = [f"{home}/", "data:", "blob:", "about:"]
        self.reports: list[str] = []
        self.expected: list[str] = []

    def expect(self, words: str) -> None:
        """Say that the browser will report this, since the test makes it happen."""
        self.expected.append(words)

    def allow(self, address: str) -> None:
        """Say that a person of this test goes to an address elsewhere on purpose."""
        self.allowed.append(address)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of this browser."""
        context.add_init_script(ON_VIOLATION)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.reports.append(f"uncaught: {error.error}"))
        context.on("request", lambda request: self._request(request.url))

    def _console(self, message: ConsoleMessage) -> None:
        expected = any(words in message.text for words in self.expected)
        if message.type in ("error", "warning") and not expected:
            self.reports.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _request(self, url: str) -> None:
        if not url.startswith(tuple(self.allowed)):
            self.reports.append(f"request to {url}")


def sign_out(page: Page) -> None:
    """Be nobody. The page goes first: a form may be about to ask the desk something by itself."""
    page.goto("about:blank")
    page.context.clear_cookies()


def sign_in(page: Page, role: str) -> None:
    """Sign in to the desk as the demo's person of this role, whoever was signed in before."""
    sign_out(page)
    page.goto("/desk/login/")
    page.get_by_label("Username").fill(role)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def enter(page: Page, role: str) -> None:
    """Do the same without looking at the pages: quicker, for a test that is about another one."""
    login = "/desk/login/"
    token = shown_value(page.request.get(login).text(), "csrfmiddlewaretoken")
    form = {"csrfmiddlewaretoken": token, "username": role, "password": PASSWORD}
    assert page.request.post(login, form=form, max_redirects=0).status == 302


def paste(page: Page, markup: str) -> None:
    """Copy `markup` in another window, then paste it into the editor of the release's text."""
    other = page.context.new_page()
    other.set_content("<p>a document</p>")
    other.evaluate(COPY, markup)
    other.keyboard.press("Control+a")
    other.keyboard.press("Control+c")
    other.close()
    page.bring_to_front()
    editor(page).locator("body").click()
    page.keyboard.press("Control+v")
    expect(editor(page).locator("body")).to_have_text(SOMETHING)


def editor(page: Page) -> FrameLocator:
    """The inside of the editor of the release's text."""
    return page.frame_locator("iframe.cke_wysiwyg_frame")


def choose(page: Page, field: str, words: str) -> None:
    """Choose in an autocomplete field the entry that its list shows first for `words`."""
    page.locator(f"#{field} + .select2 .select2-selection").click()
    page.locator(".select2-search__field:focus").press_sequentially(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def press(page: Page, name: str) -> None:
    """Press the button of this name in the bar below the form, and wait for the next page."""
    bar = page.locator(".bar-actions, .small-page-actions")
    # The form asks first whether the session goes on: the next page comes a little later.
    with page.expect_navigation():
        bar.get_by_role("button", name=name).or_(bar.get_by_role("link", name=name)).click()


def say(page: Page) -> str:
    """What the desk has just said."""
    return page.locator(".messagelist").inner_text()


def stored(page: Page, field: str) -> str:
    """What the server has in a field of the release whose form is open."""
    return shown_value(page.request.get(page.url).text(), field)


def shown_value(page: str, field: str) -> str:
    """The value of the first field of this name on a page, as the server sent it."""
    found = html.fromstring(page).xpath("//*[@name=$name]", name=field)[0]
    return (found.text or "").removeprefix("\n") if found.tag == "textarea" else found.get("value")


def approved(site: Site, headline: str) -> int:
    """The key of a new release on Bolivia that was written, submitted and approved."""
    code = APPROVED.format(headline=headline)
    return int(site.manage("shell", "--verbosity=0", "-c", code))

"""A hostile release in a real browser: no screen of the desk or the newsroom runs its words."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import choose, enter, press
from tests.server import Site

pytestmark = [pytest.mark.browser, pytest.mark.looks]

#: A script, handlers that need nobody, one that needs a click, and ways out of a field.
HOSTILE = (
    "\"'></textarea></title></script><script>parent.ran=1</script>"
    "<img src=x onerror=parent.ran=1><svg onload=parent.ran=1><b onclick=parent.ran=1>Bold"
)
MAKE = """
from django.contrib.auth.models import User
from contacts.models import Contact
from releases import commenting, workflow
from releases.content import Content
from releases.models import Topic
words = {words!r}
by = {{user.username: user for user in User.objects.all()}}
hostile = User.objects.create(username="hostile", first_name=words[:150], is_staff=True)
hostile.groups.set(by["writer"].groups.all())
topic = Topic.objects.create(name_en=words[:120], slug="hostile")
contact = Contact.objects.create(
    name=words[:120], slug="hostile", role=words[:120], phone="+12025550199"
)
content = Content(
    headline=words, subhead=words, dateline=words[:120], summary=words, slug="hostile",
    body="<p>Text.</p>" + words, topics=(topic.pk,), contacts=(contact.pk,),
)
release = workflow.create(hostile, content)
commenting.add(release, by["editor"], words, words)
named = [by["publisher"], by["editor"]]
release = workflow.restrict(release.pk, hostile, release.version, named)
release = workflow.submit(release.pk, hostile, release.version)
release = workflow.send_back(release.pk, by["editor"], release.version, words)
release = workflow.submit(release.pk, hostile, release.version)
release = workflow.approve(release.pk, by["editor"], release.version)
print(release.pk)
"""


def quiet(page: Page) -> None:
    """Nothing has run: no global was set, by the page or by a frame of it."""
    page.wait_for_load_state()
    for frame in page.frames:
        assert frame.evaluate("[window.ran, parent.ran]") == [None, None], page.url


@pytest.mark.long
def test_no_screen_runs_hostile_words(page: Page, site: Site):
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    key = int(site.manage("shell", "--verbosity=0", "-c", MAKE.format(words=HOSTILE)))
    form = f"/desk/releases/release/{key}/"
    enter(page, "publisher")
    desk = ["/desk/", "/desk/releases/release/", "/desk/find/?q=onerror", "/desk/releases/act/",
            "/desk/releases/topic/", "/desk/contacts/contact/", f"{form}history/", f"{form}people/",
            f"{form}publish/", f"{form}send-back/", "/desk/donations/appeal/add/"]  # fmt: skip
    for address in desk:
        assert page.goto(address).status == 200
        quiet(page)
    page.goto(f"{form}change/")
    expect(page.locator(".bar-restricted")).to_contain_text("<script>")
    expect(page.locator(".release-comments blockquote")).to_contain_text("<script>")
    page.locator(".release-comments blockquote").click()
    page.get_by_role("button", name="Preview", exact=True).click()
    shown = page.frame_locator(".preview iframe")
    expect(shown.locator("h1")).to_contain_text("<script>")
    quiet(page)
    page.get_by_role("button", name="Close", exact=True).click()
    choose(page, "id_topics", "\"'></textarea>")
    quiet(page)
    page.goto(f"{form}publish/")
    press(page, "Publish")
    expect(page.locator(".messagelist")).to_be_visible()
    quiet(page)
    for address in ("/", "/releases/", "/releases/hostile/", "/topics/hostile/", "/topics/",
                    "/contacts/hostile/", "/contacts/", "/desk/releases/edition/"):  # fmt: skip
        assert page.goto(address).status == 200
        expect(page.locator("body")).to_contain_text("<script>")
        quiet(page)
    assert dialogs == []

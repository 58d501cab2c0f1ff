"""The rich-text editor: what is pasted is cleaned by the one door, what is opened is kept."""

import re

import pytest
from playwright.sync_api import Page

from releases.html import ELEMENTS, clean
from tests.browser.people import FIXTURES, editor, enter, paste, press, say, stored
from tests.selection import long_but
from tests.server import Site

pytestmark = [pytest.mark.browser, pytest.mark.looks]

PASTED = sorted((FIXTURES / "pasted").glob("*.html"))
QUICK = [path for path in PASTED if path.stem in ("word_windows", "google_docs")]
#: Every element and attribute that a text may hold.
WHOLE = """
<h2 lang="es">Dos</h2><h3>Three</h3><h4>Four</h4>
<p lang="pt-BR">Um <strong>dois</strong> <em>três</em> H<sub>2</sub>O m<sup>2</sup>
<span lang="fr">mot</span><br>line <a href="https://www.example.org/a?b=1&amp;c=2" title="A page"
>link</a><sup><a href="#fn1" id="fnref1">1</a></sup></p>
<blockquote lang="en"><p>Quoted.</p></blockquote>
<ul><li>One<ol><li>Deep</li></ol></li><li>Two</li></ul>
<ol start="3"><li>Third</li></ol>
<table><caption>Numbers</caption>
<thead><tr><th scope="col">Year</th><th scope="col" colspan="2">Share</th></tr></thead>
<tbody><tr><th scope="row" rowspan="2">2020</th><td>1</td><td>2</td></tr>
<tr><td colspan="2">3</td></tr></tbody></table>
<hr>
<p>Write 1 &lt; 2 &amp; &lt;b&gt;this&lt;/b&gt;&nbsp;way.</p>
<p><a href="#fnref1" id="fn1">1</a> A note.</p>
"""
MAKE_WHOLE = f"""
from django.contrib.auth.models import User
from releases import workflow
from releases.content import Content
by = User.objects.get(username="writer")
print(workflow.create(by, Content(headline="All that a text may hold", body={WHOLE!r})).pk)
"""
#: What each button does to a word, or to a line; those that ask first are answered.
BUTTONS = {
    "Bold": "strong", "Italic": "em", "Subscript": "sub", "Superscript": "sup",
    "Insert/Remove Numbered List": "ol", "Insert/Remove Bulleted List": "ul",
    "Block Quote": "blockquote", "Table": "table", "Insert Horizontal Line": "hr",
    "Link": "a",
}  # fmt: skip
OTHERS = {"Unlink", "Insert Special Character", "Undo", "Redo", "Remove Format", "Find"}
HOSTILE = """<p onclick="parent.ran=1">before
<img src="https://elsewhere.example/a.png" onerror="parent.ran=1">
<img src="x" onerror="parent.ran=1"><svg onload="parent.ran=1"></svg>
<iframe src="https://elsewhere.example/"></iframe><script>parent.ran=1</script>
<b onmouseover="parent.ran=1">after</b></p>"""


@pytest.mark.parametrize("document", long_but(PASTED, *QUICK), ids=lambda path: path.stem)
def test_pasted_text_is_stored_as_the_one_door_cleans_it(page: Page, document):
    markup = document.read_text(encoding="utf-8")
    enter(page, "writer")
    page.goto("/desk/releases/release/add/")
    paste(page, markup)
    press(page, "Save")
    assert stored(page, "body") == str(clean(markup))


def test_opening_and_saving_changes_nothing(page: Page, site: Site):
    key = int(site.manage("shell", "--verbosity=0", "-c", MAKE_WHOLE))
    enter(page, "writer")
    page.goto(f"/desk/releases/release/{key}/change/")
    editor(page).get_by_text("A note.").wait_for()
    press(page, "Save")
    assert "Saved." in say(page)
    assert stored(page, "body") == str(clean(WHOLE))
    assert stored(page, "seen") == "1"


def test_hostile_markup_does_not_get_into_the_editor(page: Page):
    enter(page, "writer")
    page.goto("/desk/releases/release/add/")
    paste(page, HOSTILE)
    editor(page).get_by_text("after").hover()
    editor(page).get_by_text("before").click()
    assert editor(page).locator("img:not([data-cke-widget-drag-handler]), iframe, svg").count() == 0
    assert page.evaluate("window.ran") is None


def label(name: str) -> str:
    """A button's name without the keys that lead to it."""
    return name.partition(" (Ctrl")[0]


def test_the_toolbar_is_short(page: Page):
    enter(page, "writer")
    page.goto("/desk/releases/release/add/")
    editor(page).locator("body").wait_for()
    names = page.locator(".cke_button").evaluate_all("all => all.map(one => one.title)")
    assert {label(name) for name in names} == {*BUTTONS, *OTHERS}
    assert page.locator(".cke_combo").count() == 1


@pytest.mark.parametrize(
    ("button", "tag"), long_but(BUTTONS.items(), ("Bold", "strong"), ("Link", "a")), ids=BUTTONS
)
def test_each_button_makes_what_a_text_may_hold(page: Page, button, tag):
    enter(page, "writer")
    page.goto("/desk/releases/release/add/")
    inside = editor(page).locator("body")
    inside.click()
    page.keyboard.type("word")
    page.keyboard.press("Control+a")
    page.locator(f".cke_button[title^='{button}']").click()
    if button == "Link":
        page.locator(".cke_dialog").get_by_label("URL").fill("www.example.org/a")
    if button in ("Link", "Table"):
        page.locator(".cke_dialog").get_by_role("button", name="OK").click()
    inside.locator(tag).first.wait_for()
    made = page.evaluate("CKEDITOR.instances.id_body.getData()")
    assert set(re.findall(r"<([a-z0-9]+)", made)) <= set(ELEMENTS)
    if button == "Table":  # an empty one is nothing
        inside.locator("td").first.click()
        page.keyboard.type("cell")
    press(page, "Save")
    assert f"<{tag}" in stored(page, "body")

"""Pictures brought into the text as people do: real files dropped, a real clipboard pasted."""

import base64
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, FloatRect, Locator, Page, expect

from tests.browser.people import Watch, editor, enter, press, say, sign_in, stored

pytestmark = [pytest.mark.browser, pytest.mark.looks]

HELD = "the server responded with a status of 400"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
#: A clipboard that holds the picture and nothing else, as after "Copy image".
COPY = """async (data) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const blob = new Blob([bytes], { type: "image/png" });
  await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
}"""
PLACE = re.compile(r'<figure data-picture="([^"]+)"></figure>')


def picture(colour: str = "navy", encoder: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (320, 180), colour).save(out, encoder)
    return out.getvalue()


@pytest.fixture
def desktop(tmp_path: Path) -> dict[str, Path]:
    """Files as they lie on somebody's computer, by their names."""
    contents = {
        "chart.png": picture(),
        "square.png": picture("teal"),
        "chart.svg": SVG.encode(),
        "report.jpg": b"PK\x03\x04[Content_Types].xml word/document.xml",
        "cut.jpg": picture(encoder="JPEG")[:700],
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in contents}


def middle(box: FloatRect | None) -> tuple[float, float]:
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drop(page: Page, target: Locator, *files: Path, low: bool = True) -> None:
    """Drag files from outside over the lower, or the upper, part of a target and let go there."""
    target.scroll_into_view_if_needed()
    x, y = middle(box := target.bounding_box())
    y += (box["height"] if box else 0) * (0.3 if low else -0.3)
    mouse = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        mouse.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})


def begun(page: Page, headline: str) -> None:
    """A new release with two paragraphs, the caret at the end of the second."""
    enter(page, "writer")
    page.goto("/desk/releases/release/add/")
    page.locator("#id_headline").fill(headline)
    editor(page).locator("body").click()
    page.keyboard.type("Before the chart.")
    page.keyboard.press("Enter")
    page.keyboard.type("After the chart.")


def paragraph(page: Page, words: str) -> Locator:
    return editor(page).locator("p", has_text=words)


def row(page: Page, place: int) -> Locator:
    return page.locator(f"#figures-{place}")


def standing(page: Page) -> list[str]:
    """What the stored text holds, in its order: words, and pictures by their keys."""
    text = PLACE.sub(r"<p>\1</p>", stored(page, "body"))
    return re.findall(r"<p>(.*?)</p>", text)


def key(page: Page, place: int) -> str:
    return row(page, place).locator("[name$='-kept']").input_value()


def test_a_dropped_file_stands_where_it_was_let_go_and_in_the_preview(page: Page, desktop):
    begun(page, "A chart by drop")
    drop(page, paragraph(page, "Before"), desktop["chart.png"])
    expect(row(page, 0).locator("img.figure-now")).to_be_visible()
    expect(editor(page).locator("p, figure")).to_have_count(3)
    row(page, 0).locator("[name$='-alt']").fill("A navy square.")
    press(page, "Save")
    assert "Saved." in say(page)
    assert standing(page) == ["Before the chart.", key(page, 0), "After the chart."]
    expect(row(page, 0).locator("[name$='-alt']")).to_have_value("A navy square.")
    expect(editor(page).locator("figure img")).to_be_visible()
    page.get_by_role("button", name="Preview", exact=True).click()
    seen = page.frame_locator(".preview iframe").get_by_alt_text("A navy square.")
    expect(seen).to_be_visible()
    assert seen.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


@pytest.mark.long
def test_several_files_stand_in_their_order_above_the_paragraph(page: Page, desktop):
    begun(page, "Two charts by drop")
    drop(page, paragraph(page, "Before"), desktop["chart.png"], desktop["square.png"], low=False)
    expect(editor(page).locator("figure img")).to_have_count(2)
    press(page, "Save")
    both = [key(page, 0), key(page, 1)]
    assert standing(page) == [*both, "Before the chart.", "After the chart."]
    assert len(set(both)) == 2


def test_a_pasted_picture_stands_below_the_paragraph_of_the_caret(page: Page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begun(page, "A chart by paste")
    page.evaluate(COPY, base64.b64encode(picture()).decode())
    paragraph(page, "Before").click()
    page.keyboard.press("Control+v")
    expect(editor(page).locator("figure img")).to_be_visible()
    press(page, "Save")
    assert standing(page) == ["Before the chart.", key(page, 0), "After the chart."]


@pytest.mark.long
def test_placing_a_picture_again_moves_it_and_undo_puts_it_back(page: Page, desktop):
    begun(page, "A chart that moves")
    drop(page, paragraph(page, "Before"), desktop["chart.png"], low=False)
    expect(editor(page).locator("figure img")).to_be_visible()
    paragraph(page, "After").click()
    row(page, 0).get_by_role("button", name="Place it in the text").click()
    below = editor(page).locator("p:has-text('After') ~ * figure")
    expect(below).to_have_count(1)
    expect(editor(page).locator("figure")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(below).to_have_count(0)
    expect(editor(page).locator("figure")).to_have_count(1)
    page.get_by_role("button", name="Redo").click()
    press(page, "Save")
    assert standing(page) == ["Before the chart.", "After the chart.", key(page, 0)]


@pytest.mark.long
def test_in_markdown_too_a_picture_has_one_place(page: Page, desktop):
    enter(page, "writer")
    page.goto("/desk/releases/release/add/")
    with page.expect_navigation():
        page.get_by_role("button", name="Markdown", exact=True).click()
    page.locator("#id_headline").fill("A chart in Markdown")
    field = page.locator("#id_body")
    field.fill("Before the chart.\n\nAfter the chart.")
    field.evaluate("field => field.setSelectionRange(3, 3)")
    drop(page, field, desktop["chart.png"])
    expect(field).to_have_value(
        re.compile(r"^Before the chart\.\n\n<figure .*\n\nAfter the chart\.$")
    )
    field.evaluate("field => field.setSelectionRange(field.value.length, field.value.length)")
    row(page, 0).get_by_role("button", name="Place it in the text").click()
    expect(field).to_have_value(
        re.compile(r"^Before the chart\.\n\nAfter the chart\.\n\n<figure .*>$")
    )


@pytest.mark.long
def test_what_the_gate_refuses_is_told_by_name_and_loses_nothing(page: Page, watch: Watch, desktop):
    watch.expect(HELD)
    begun(page, "One chart of four files")
    names = ["chart.svg", "report.jpg", "chart.png", "cut.jpg"]
    drop(page, paragraph(page, "Before"), *(desktop[name] for name in names))
    told = page.locator("[data-picture-said]")
    expect(told).to_contain_text("cut.jpg: This picture is damaged or incomplete.")
    expect(told).to_contain_text("chart.svg: This is an SVG drawing.")
    expect(told).to_contain_text("report.jpg: Whatever its name says, this file looks like")
    expect(told).not_to_contain_text("chart.png")
    expect(page.locator(".dynamic-figures")).to_have_count(1)
    press(page, "Save")
    assert standing(page) == ["Before the chart.", key(page, 0), "After the chart."]


@pytest.mark.long
def test_a_file_dropped_beside_the_text_does_not_take_the_form_away(page: Page, desktop):
    begun(page, "Still here")
    drop(page, page.locator("#id_headline"), desktop["chart.svg"])
    drop(page, page.locator("h1").first, desktop["chart.png"])
    paragraph(page, "After").click()
    press(page, "Save")
    assert standing(page) == ["Before the chart.", "After the chart."]


@pytest.mark.long
def test_without_scripts_a_picture_is_chosen_in_the_empty_row(
    without_scripts: BrowserContext, page: Page
):
    other = without_scripts.new_page()
    sign_in(other, "writer")
    other.goto("/desk/releases/release/add/")
    other.get_by_label("Headline").fill("A Picture Without a Script")
    other.locator("#id_figures-0-upload").set_input_files(
        {"name": "sea.png", "mimeType": "image/png", "buffer": picture()}
    )
    other.locator("#id_figures-0-alt").fill("The sea.")
    press(other, "Save")
    assert "Saved." in say(other)
    expect(other.locator(".figure-now")).to_have_count(1)
    # Where scripts run, the empty row stays away.
    enter(page, "writer")
    page.goto("/desk/releases/release/add/")
    expect(page.locator("#id_headline")).to_be_visible()
    expect(page.locator("#id_figures-0-upload")).not_to_be_visible()

"""Takes the pictures of docs/img again, from the demo newsroom on a server of its own.

    .venv/bin/python bin/pictures.py [NAME …]

A picture more is a line more in PICTURES. Needs Chromium (CHROMIUM names another than the usual),
and for the page of a PDF poppler's pdftoppm.
"""

import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import FLAGS  # noqa: E402 (the project is found by the line above)
from tests.browser.desk_pages import Place, keys, visit  # noqa: E402
from tests.server import Site, running_site  # noqa: E402
from tests.word_files import deleted, inserted, run, whole, with_paragraphs  # noqa: E402

FOLDER = ROOT / "docs" / "img"
DESKTOP, TALL, PHONE = (1280, 900), (1280, 1400), (390, 844)
SHORT, LONG = (1280, 620), (1280, 1040)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLOURS = 256  # enough for pages of text, and a third of the bytes

RELEASE = "/desk/releases/release"
#: What the demo has none of: a release that waits for its publisher, and one far from whole.
MORE = """
from dataclasses import replace
from django.contrib.auth.models import User
from releases import workflow
from releases.content import read
from releases.models import Release
by = {user.username: user for user in User.objects.all()}
waiting = Release.objects.filter(stage="in_review").first()
workflow.approve(waiting.pk, by["editor"], waiting.version)
whole = read(Release.objects.get(slug="when-rates-stay-high"))
body = "<p>TK: the figures of the annex.</p>" + whole.body
print(workflow.create(by["writer"], replace(whole, slug="", contacts=(), body=body)).pk)
"""


@dataclass(frozen=True)
class Picture:
    """Who opens which page in a window of which size; a button to press; the part to show.

    `headline` is typed into the form, `meanwhile` is what somebody else does before the button;
    `paper` shows it as it is printed; `file` is chosen where the page takes one.
    """

    role: str
    address: str
    size: tuple[int, int] = DESKTOP
    scheme: str = "light"
    button: str = ""
    part: str = ""
    headline: str = ""
    meanwhile: str = ""
    paper: bool = False
    file: Callable[[], bytes] | None = None


UNFINISHED = f"{RELEASE}/{{unfinished}}/change/"
MINE = "Interest Rates That Stay High Cost Jobs, Paper Finds"
#: As a keyboard has it, before house style.
TYPED = '"It\'s Dear to Send $200": Remittances Lose 5.8 Percent'
#: Somebody else saves the same release, with another headline.
THEIRS = """
from dataclasses import replace
from django.contrib.auth.models import User
from releases import workflow
from releases.content import read
from releases.models import Release
release = Release.objects.get(pk={unfinished})
content = replace(read(release), headline="High Rates Cost Jobs for Years", summary="In short.")
workflow.save(release.pk, User.objects.get(username="editor"), release.version, content)
"""


def tracked() -> bytes:
    """A Word file with two tracked changes that wait for a decision."""
    opening = run("Washington DC — Ferry fares ") + deleted("fell", 1) + inserted("doubled", 2)
    return with_paragraphs(opening + run(" in six years, a study of the harbor finds."))


PICTURES = {
    "newsroom-home": Picture("", "/"),
    "newsroom-home-phone": Picture("", "/", PHONE),
    "newsroom-home-dark": Picture("", "/", scheme="dark"),
    "newsroom-release": Picture("", "/releases/imf-surcharges-new-calculations/"),
    "newsroom-print": Picture("", "/releases/remittances-share-of-gdp/", (794, 1123), paper=True),
    "newsroom-topic": Picture("", "/topics/bolivia/"),
    "newsroom-topic-phone": Picture("", "/topics/bolivia/", PHONE),
    "newsroom-releases": Picture("", "/releases/?kind=statement"),
    "newsroom-archive": Picture("", "/archive/"),
    "newsroom-archive-phone": Picture("", "/archive/", PHONE),
    "newsroom-coming": Picture("", "/coming/"),
    "newsroom-contact": Picture("", "/contacts/maren-holloway/"),
    "newsroom-contact-phone": Picture("", "/contacts/maren-holloway/", PHONE),
    "newsroom-release-dark": Picture("", "/releases/remittances-share-of-gdp/", scheme="dark"),
    "newsroom-release-phone": Picture("", "/releases/remittances-share-of-gdp/", PHONE),
    "newsroom-search": Picture("", "/search/?q=debt"),
    "newsroom-search-phone": Picture("", "/search/?q=debt", PHONE),
    "newsroom-search-dark-phone": Picture("", "/search/?q=bolvia", PHONE, "dark"),
    "newsroom-release-dark-phone": Picture(
        "", "/releases/remittances-share-of-gdp/", PHONE, "dark"
    ),
    "newsroom-home-es": Picture("", "/es/"),
    "newsroom-release-es": Picture("", "/es/releases/recargos-del-fmi-nuevos-calculos/"),
    "newsroom-search-es-phone": Picture("", "/es/search/?q=deuda", PHONE),
    "newsroom-home-pt-phone": Picture("", "/pt-br/", PHONE),
    "newsroom-topic-pt": Picture("", "/pt-br/topics/brazil/"),
    "newsroom-contact-pt-dark-phone": Picture("", "/pt-br/contacts/renata-sampaio/", PHONE, "dark"),
    "newsroom-tools": Picture("", "/releases/remittances-share-of-gdp/", part=".tools"),
    "newsroom-cite": Picture("", "/releases/remittances-share-of-gdp/cite/"),
    "desk-front": Picture("publisher", "/desk/"),
    "desk-front-dark": Picture("publisher", "/desk/", scheme="dark"),
    "desk-list": Picture("editor", f"{RELEASE}/"),
    "desk-form": Picture("writer", f"{RELEASE}/{{public}}/change/", TALL),
    "desk-form-dark": Picture("writer", f"{RELEASE}/{{public}}/change/", TALL, "dark"),
    "desk-markdown": Picture("writer", f"{RELEASE}/{{public}}/change/", TALL, button="Markdown"),
    "desk-preview": Picture("writer", f"{RELEASE}/{{public}}/change/", button="Preview"),
    "desk-checklist": Picture("writer", f"{RELEASE}/{{unfinished}}/change/?check=1"),
    "desk-comments": Picture(
        "editor", f"{RELEASE}/{{public}}/change/", TALL, part=".release-comments"
    ),
    "desk-history": Picture("editor", f"{RELEASE}/{{public}}/history/"),
    "desk-difference": Picture("editor", f"{RELEASE}/{{public}}/revisions/1/2/"),
    "desk-difference-dark": Picture(
        "editor", f"{RELEASE}/{{public}}/revisions/1/2/", scheme="dark"
    ),
    "desk-collision": Picture("writer", UNFINISHED, button="Save", headline=MINE, meanwhile=THEIRS),
    "desk-move": Picture("publisher", f"{RELEASE}/{{scheduled}}/move/"),
    "desk-people": Picture("writer", f"{RELEASE}/{{unfinished}}/people/"),
    "desk-publish": Picture("publisher", f"{RELEASE}/{{in_review}}/publish/"),
    "desk-import": Picture("writer", f"{RELEASE}/import/", SHORT),
    "desk-import-changes": Picture(
        "writer", f"{RELEASE}/import/", LONG, button="Import a release", file=tracked
    ),
    "desk-import-losses": Picture(
        "writer",
        f"{RELEASE}/import/",
        TALL,
        button="Import a release",
        file=whole,
        part=".release-comments",
    ),
    "desk-house-style": Picture(
        "writer",
        f"{RELEASE}/{{public}}/change/",
        button="House style",
        part=".release-style",
        headline=TYPED,
    ),
    "desk-pictures": Picture("writer", f"{RELEASE}/{{public}}/change/", TALL, part="#figures-0"),
    "desk-translations": Picture(
        "writer", f"{RELEASE}/{{scheduled}}/change/", part=".release-family"
    ),
    "desk-correct": Picture("publisher", f"{RELEASE}/{{public}}/publish/"),
    "desk-donations": Picture("publisher", "/desk/donations/count/", TALL),
}
#: Files whose first page is shown.
PAGES = {"formats-pdf": "/releases/remittances-share-of-gdp.pdf"}


def take(browser: Browser, site: Site, name: str, rows: dict[str, int]) -> None:
    """Take one picture."""
    asked = PICTURES[name]
    width, height = asked.size
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": height},
        color_scheme=asked.scheme,  # type: ignore[arg-type]
        locale="en-US",
        timezone_id="America/New_York",
        reduced_motion="reduce",
    )
    page = context.new_page()
    visit(page, Place(asked.role, asked.address), rows)
    page.wait_for_load_state("networkidle")
    if asked.paper:
        page.emulate_media(media="print")
    if asked.headline:
        page.locator("#id_headline").fill(asked.headline)
    if asked.meanwhile:
        site.manage("shell", "--verbosity=0", "-c", asked.meanwhile.format(**rows))
    if asked.file:
        chosen = {"name": "release.docx", "mimeType": WORD, "buffer": asked.file()}
        page.get_by_label("File", exact=True).set_input_files(chosen)  # type: ignore[arg-type]
    if asked.button:
        press(page, asked.button)
    shown = page.locator(asked.part) if asked.part else page
    keep(name, shown.screenshot())
    context.close()


def take_page(site: Site, name: str) -> None:
    """Draw the first page of a PDF that the site makes."""
    with urllib.request.urlopen(site.url + PAGES[name]) as answer:  # noqa: S310 (our own server)
        file = answer.read()
    command = ["pdftoppm", "-png", "-r", "80", "-singlefile", "-"]
    keep(name, subprocess.run(command, input=file, check=True, capture_output=True).stdout)  # noqa: S603


def keep(name: str, picture: bytes) -> None:
    """Write a picture with few colours."""
    drawn = Image.open(BytesIO(picture)).convert("RGB")
    few = drawn.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)
    print(f"{name}.png: {(FOLDER / f'{name}.png').stat().st_size // 1024} KB")


def press(page: Page, button: str) -> None:
    """Press a button of the page, and wait until what it opens is there."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state("networkidle")
    if button == "Preview":
        page.frame_locator(".preview iframe").locator("h1").wait_for()


def main(names: list[str]) -> None:
    """Take these pictures, or all."""
    with (
        tempfile.TemporaryDirectory(prefix="press-pictures-") as folder,
        running_site(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        rows = keys(site)
        rows["unfinished"] = int(site.manage("shell", "--verbosity=0", "-c", MORE))
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name in names or [*PICTURES, *PAGES]:
            if name in PAGES:
                take_page(site, name)
            else:
                take(browser, site, name, rows)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

"""What files that mean harm, or mean too much, cost an import: memory and time, in a process each.

Run: python -m benchmarks.imports
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.shared import Inches

from tests.word_everything import everything
from tests.word_files import inserted, picture, run, saved, with_paragraphs

MEGABYTE = 1024 * 1024
ROOT = Path(__file__).resolve().parents[1]
HEAD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
MARK = '<w:pPr><w:rPr><w:del w:id="7" w:author="Ana"/></w:rPr></w:pPr>'
#: Runs in the child. What the interpreter and the libraries take is measured first, and left out.
CHILD = """
import json, resource, sys, time
import django
django.setup()
from releases.importers import ImportRefused
from releases.importers.files import read_file
from releases.importers.rich import parse_rich
from releases.importers.text import parse
data = open(sys.argv[1], "rb").read()
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
said = "taken"
try:
    text = read_file(data)
    if text.changes:
        text = read_file(data, {one.key: True for one in text.changes})
    if text.markup:
        parse_rich(text.markup, text.notes, ["Bolivia"])
    else:
        parse(text.text, ["Bolivia"])
except ImportRefused as refused:
    said = str(refused)
spent = time.process_time() - start
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([said, (after - before) / 1024, spent]))
"""
#: A process's highest mark begins where its parent's stood: so there is a small one between.
SMALL = '"$@"; exit $?'


@dataclass(frozen=True)
class Cost:
    """What became of a file, the most megabytes held beyond the file itself, and CPU seconds."""

    said: str
    megabytes: float
    seconds: float


def packed(document: bytes, **media: bytes) -> bytes:
    """A Word file with this as its text's part, and these files among its pictures."""
    out = BytesIO()
    with ZipFile(BytesIO(with_paragraphs())) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        new.writestr("word/document.xml", document)
        for name, data in media.items():
            new.writestr(f"word/media/{name}.png", data)
    return out.getvalue()


def pictured(number: int, side: int) -> bytes:
    """A Word file with so many pictures of this height and width."""
    document = Document()
    document.add_paragraph("Ferry Fares Doubled", "Title")
    for _ in range(number):
        document.add_picture(picture(side), width=Inches(1))
    return saved(document)


CASES: dict[str, Callable[[], bytes]] = {
    "a release with everything": everything,
    "40 pictures of 1 megapixel": lambda: pictured(40, 1000),
    "1,000 changes in a paragraph": lambda: with_paragraphs(
        "".join(inserted("a", n) + run("b ") for n in range(1000)) + run("x") * 15_000
    ),
    "1,000 tracked ends of paragraphs": lambda: with_paragraphs(
        *(MARK + run("word ") for _ in range(1000))
    ),
    "60,000 paragraphs": lambda: packed(
        HEAD + b"<w:body>" + b"<w:p/>" * 60_000 + b"</w:body></w:document>"
    ),
    "2 MB of paragraphs (.html)": lambda: b"<h1>Head</h1>" + b"<p>A few words.</p>" * 100_000,
    "2 MB of lines (.txt)": lambda: b"Head\n\n" + b"A few words.\n\n" * 130_000,
    "zip bomb in the text": lambda: packed(HEAD + b"a" * 300 * MEGABYTE),
    "zip bomb in a picture": lambda: packed(
        HEAD + b"<w:body/></w:document>", bomb=bytes(300 * MEGABYTE)
    ),
    "a million tags": lambda: packed(HEAD + b"<w:p/>" * 1_000_000),
    "a million levels": lambda: packed(b"<p>" * 90_000),
    "entity bomb": lambda: packed(ENTITIES + HEAD + b"<w:body>&j;</w:body></w:document>"),
}  # fmt: skip


def measured(name: str) -> Cost:
    """Import one of CASES in a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".file") as file:
        file.write(CASES[name]())
        file.flush()
        told = subprocess.run(
            ["/bin/sh", "-c", SMALL, "sh", sys.executable, "-c", CHILD, file.name],
            cwd=ROOT,
            env={"DJANGO_SETTINGS_MODULE": "cepr_press.settings", "PYTHONPATH": "."},
            capture_output=True,
            check=True,
            text=True,
        )
    return Cost(*json.loads(told.stdout))


def main() -> None:
    """Print the figures."""
    for name in CASES:
        cost = measured(name)
        print(f"{cost.megabytes:5.0f} MB {cost.seconds:5.1f} s  {name}: {cost.said[:60]}")


if __name__ == "__main__":
    main()

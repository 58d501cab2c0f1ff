"""Each format read by a program of others, as its receivers would."""

import json
import os
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import jsonschema
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from pypdf import PdfReader
from referencing import Registry, Resource

SMALL = Path(__file__).parents[2] / "fixtures/schemas/ninjs-promised.json"


def plain(file: bytes) -> str:
    return file.decode()


def pdf(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages)


def word(file: bytes) -> str:
    """All that a Word file says, its headers, tables and notes too, in the document's order."""
    document = Document(BytesIO(file))
    section = document.sections[0]
    notes = [
        parse_xml(rel.target_part.blob)
        for rel in document.part.rels.values()
        if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES
    ]
    parts = [section.header._element, document.element.body, *notes, section.footer._element]
    paragraphs = [one for part in parts for one in part.iter(qn("w:p"))]
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


def ninjs(file: bytes) -> str:
    """The values of an item that keeps to the schemas."""
    item = json.loads(file)
    jsonschema.Draft202012Validator(json.loads(SMALL.read_text())).validate(item)
    if folder := os.environ.get("SCHEMAS_DIR"):
        official(Path(folder)).validate(item)
    return "\n".join(values(item))


def official(folder: Path) -> jsonschema.Draft202012Validator:
    """The schema as its authors wrote it."""
    geo = json.loads((folder / "geojson.json").read_text())
    name = "https://geojson.org/schema/GeoJSON.json"
    registry = Registry().with_resources([(name, Resource.from_contents(geo))])
    schema = json.loads((folder / "ninjs-schema_3.1.json").read_text())
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, registry=registry, format_checker=checker)


def values(item: object) -> list[str]:
    if isinstance(item, dict):
        return [text for value in item.values() for text in values(value)]
    if isinstance(item, list):
        return [text for value in item for text in values(value)]
    return [str(item)]


def kit(file: bytes) -> str:
    """All that a press kit's files say."""
    with ZipFile(BytesIO(file)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    read = {".txt": plain, ".pdf": pdf, ".docx": word}
    return "\n".join(
        read[Path(name).suffix](data) for name, data in files.items() if Path(name).suffix in read
    )


#: How each format is read: a new one fails the tests until somebody says so here.
READERS: Mapping[str, Callable[[bytes], str]] = {
    "txt": plain, "md": plain, "bib": plain, "pdf": pdf, "docx": word, "json": ninjs, "zip": kit,
}  # fmt: skip

"""What is handed on as it is: three kinds, told by their content; whatever could act is refused."""

import zipfile
import zlib
from io import BytesIO

import pytest

from files.documents import DocumentRefused, admit_document
from files.gate import MAX_BYTES

PDF = b"%%PDF-1.7\n1 0 obj\n<</Type/Catalog%s>>\nendobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
CSV = "País;Año;%\nPerú;2024;−1,5\n"


def pdf(inside: bytes = b"") -> bytes:
    return PDF % inside


def packed_in_pdf(inside: bytes) -> bytes:
    """A PDF that keeps an object in a compressed stream, as modern programs do."""
    return pdf(b">>\nendobj\n2 0 obj\n<</Type/ObjStm>>\nstream\n%s\nendstream" % inside)


def workbook(*more: str, content: bytes = b"<a/>") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml", *more):
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "extension", "mime"),
    [
        (pdf(), "pdf", "application/pdf"),
        (workbook("xl/worksheets/sheet1.xml"), "xlsx", "application/vnd.openxmlformats"),
        (CSV.encode(), "csv", "text/csv; charset=utf-8"),
    ],
)
def test_a_kind_is_told_by_its_content(data, extension, mime):
    found = admit_document(data, "../El informe (2).exe")
    assert (found.extension, found.name, found.data) == (extension, "el-informe-2", data)
    assert found.mime.startswith(mime)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_becomes_utf_8(encoding):
    assert admit_document(CSV.encode(encoding), "a.csv").data == CSV.encode()


def test_a_table_of_older_programs_keeps_its_accents():
    assert "Perú" in admit_document("País,1\nPerú,2\n".encode("cp1252"), "a.csv").data.decode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"a" * (MAX_BYTES + 1), "larger than 25 MB"),
        (pdf()[:-8], "incomplete"),
        (pdf(b"/Encrypt 3 0 R"), "password"),
        (pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "carries programs"),
        (pdf(b"/OpenAction<</S/Java#53cript>>"), "carries programs"),
        (pdf(b"/AA<</S/Launch/F(cmd.exe)>>"), "carries programs"),
        (pdf(b"/Names<</EmbeddedFiles 3 0 R>>"), "carries programs"),
        (packed_in_pdf(zlib.compress(b"<</S/JavaScript>>")), "carries programs"),
        (packed_in_pdf(zlib.compress(bytes(210 * 1024 * 1024))), "unpacks to more"),
        (workbook("xl/vbaProject.bin"), "macros"),
        (workbook("xl/embeddings/oleObject1.bin"), "macros"),
        (workbook("xl/externalLinks/externalLink1.xml"), "macros"),
        (workbook("xl/a.xml", content=bytes(5_000_000)), "unpacks to more"),
        (workbook(*(f"xl/{n}.xml" for n in range(2_001))), "unpacks to more"),
        (workbook()[:-10], "damaged"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b"Name,Value\nAna,=HYPERLINK(A1)\n", "formula"),
        (b"Name,Value\nAna,@SUM(1)\n", "formula"),
        (b"Name,Value\nAna,+cmd|calc\n", "formula"),
        (b"only words in one column\nand more\n", "Only PDF"),
        (b"a,b\nc,d,e\n", "Only PDF"),
        (b'a,b\n"c,d\n', "Only PDF"),
        (b"<html>,<script>\n1,2\n", "Only PDF"),
        (b"MZ\x00\x01,\x02\n1,2\n", "Only PDF"),
        (b"\xff\xd8\xff\xe0,\x00", "Only PDF"),
        (b"\x00%PDF-1.7\n%%EOF", "Only PDF"),
    ],
)
def test_what_is_refused_is_told_why(data, why):
    with pytest.raises(DocumentRefused, match=why):
        admit_document(data, "report.pdf")


def test_another_archive_under_a_workbooks_name():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(DocumentRefused, match="Only PDF"):
        admit_document(out.getvalue(), "data.xlsx")

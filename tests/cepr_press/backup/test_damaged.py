"""Archives that are not whole are refused as a whole: damaged, cut short, altered, hostile."""

import json
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cepr_press.backup import reading
from cepr_press.backup.archive import SEAL_LENGTH, Refused
from tests.house.source import ROOT

WHOLE = (ROOT / "tests/fixtures/versions/0.1.0.dev1.zip").read_bytes()
TOPICS = "rows/releases.topic.ndjson"


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("damaged") / "archive.zip"


def refusal(place: Path, data: bytes) -> str:
    """Why these bytes are refused; they have to be."""
    place.write_bytes(data)
    with pytest.raises(Refused) as refused, reading.opened(place):
        pass
    return str(refused.value)


def test_a_whole_one_is_taken(place):
    place.write_bytes(WHOLE)
    with reading.opened(place) as archive:
        assert archive.manifest.count("releases.release") > 3
        rows = list(archive.rows("releases.release"))
        assert len(rows) == archive.manifest.count("releases.release")
        assert len(archive.files) == 3


@pytest.mark.parametrize("part", range(64))
def test_a_flipped_bit_anywhere_is_found(place, part):
    """In every region: names, texts, pictures, the directory at the end, the seal itself."""
    for at in {part * len(WHOLE) // 64 + 1, len(WHOLE) - 1 - part * 2}:
        data = bytearray(WHOLE)
        data[at] ^= 1 << part % 8
        assert "damaged" in (said := refusal(place, bytes(data))) or "does not end" in said


@given(at=st.integers(0, len(WHOLE) - 1), bits=st.integers(1, 255))
def test_any_other_byte_is_found(place, at, bits):
    data = bytearray(WHOLE)
    data[at] ^= bits
    refusal(place, bytes(data))


@given(length=st.integers(0, len(WHOLE) - 1))
def test_any_beginning_is_refused(place, length):
    """What an interrupted copy leaves."""
    refusal(place, WHOLE[:length])


@given(before=st.binary(max_size=99), after=st.binary(max_size=99))
def test_nothing_stands_before_or_after(place, before, after):
    if before or after:
        refusal(place, before + WHOLE + after)


@given(data=st.binary(max_size=2000))
def test_anything_else_is_refused(place, data):
    refusal(place, data)
    refusal(place, sealed(data))


# --- Altered by somebody who seals it again ------------------------------------------------------


@dataclass
class Altered:
    """The parts of an archive, to be altered; `told` keeps the manifest true to them."""

    parts: dict[str, bytes]
    more: list[tuple[ZipInfo, bytes]] = field(default_factory=list)
    told: bool = True

    @property
    def manifest(self) -> dict:
        return json.loads(self.parts["manifest.json"])

    def say(self, **words: object) -> None:
        """Alter what the manifest says."""
        self.parts["manifest.json"] = json.dumps({**self.manifest, **words}).encode()

    def packed(self) -> bytes:
        """The archive of these parts, sealed."""
        if self.told and "manifest.json" in self.parts:
            parts = {
                name: {"size": len(data), "sha256": sha256(data).hexdigest()}
                for name, data in self.parts.items()
                if name != "manifest.json" and not name.startswith("media/")
            }
            self.say(parts=parts)
        written = BytesIO()
        with ZipFile(written, "w") as packed:
            for name, data in self.parts.items():
                packing = ZIP_STORED if name.startswith("media/") else ZIP_DEFLATED
                packed.writestr(name, data, packing)
            for info, data in self.more:
                packed.writestr(info, data)
        return sealed(written.getvalue())


def sealed(data: bytes) -> bytes:
    """An archive's bytes with the seal that belongs to them: who alters one may know how."""
    length = SEAL_LENGTH.to_bytes(2, "little")
    body = data[:-2] + length if data[-2:] == b"\0\0" else data
    return body + b"sha256:" + sha256(body).hexdigest().encode()


def altered() -> Altered:
    with ZipFile(BytesIO(WHOLE)) as packed:
        return Altered({name: packed.read(name) for name in packed.namelist()})


def extra(name: str, mode: int = stat.S_IFREG | 0o600, packing: int = ZIP_STORED) -> Callable:
    def alter(one: Altered) -> None:
        info = ZipInfo(name)
        info.external_attr, info.compress_type = mode << 16, packing
        one.more.append((info, b"/etc/passwd"))

    return alter


def file_named(name: str) -> Callable:
    def alter(one: Altered) -> None:
        first, *others = one.parts["files.ndjson"].splitlines()
        lines = [json.dumps({**json.loads(first), "name": name}).encode(), *others]
        one.parts["files.ndjson"] = b"".join(line + b"\n" for line in lines)

    return alter


def media_other(one: Altered) -> None:
    name = next(name for name in one.parts if name.startswith("media/"))
    one.parts[name] += b"x"


def media_gone(one: Altered) -> None:
    del one.parts[next(name for name in one.parts if name.startswith("media/"))]


def untold_rows(one: Altered) -> None:
    one.told = False
    one.parts[TOPICS] += one.parts[TOPICS].splitlines(keepends=True)[0]


def counted_wrongly(one: Altered) -> None:
    one.parts[TOPICS] += one.parts[TOPICS].splitlines(keepends=True)[0]


def table_gone(one: Altered) -> None:
    del one.parts[TOPICS]


def table_more(one: Altered) -> None:
    one.parts["rows/releases.secret.ndjson"] = b"{}\n"


def bomb(one: Altered) -> None:
    one.parts["README.txt"] = b"\0" * 300_000_000


def no_manifest(one: Altered) -> None:
    del one.parts["manifest.json"]


def manifest_of(text: bytes) -> Callable:
    def alter(one: Altered) -> None:
        one.told = False
        one.parts["manifest.json"] = text

    return alter


def saying(**words: object) -> Callable:
    return lambda one: one.say(**words)


HOSTILE: dict[str, tuple[Callable, str]] = {
    "a member more": (extra("more.txt"), "none of ours has"),
    "a way out": (extra("../../etc/cron.d/x"), "none of ours has"),
    "a way out below media": (extra("media/../../x"), "none of ours has"),
    "an absolute name": (extra("/etc/passwd"), "none of ours has"),
    "a folder": (extra("media/"), "none of ours has"),
    "a link": (extra("media/" + "a" * 64, stat.S_IFLNK | 0o777), "no plain file"),
    "a device": (extra("media/" + "a" * 64, stat.S_IFCHR | 0o600), "no plain file"),
    "a file that nobody names": (extra("media/" + "a" * 64), "other parts"),
    "packed otherwise": (extra("media/" + "a" * 64, packing=ZIP_DEFLATED), "packed as none"),
    "a second manifest": (extra("manifest.json"), "two parts of one name"),
    "a file that leads out": (file_named("../../../etc/cron.d/x"), "a name that none of ours"),
    "a file that leads out, by backslash": (file_named("..\\x"), "a name that none of ours"),
    "an absolute file": (file_named("/etc/passwd"), "a name that none of ours"),
    "a file with a NUL": (file_named("pictures/a\0b"), "a name that none of ours"),
    "a file in no tidy way": (file_named("pictures//./x"), "a name that none of ours"),
    "other bytes of a picture": (media_other, "not of the size"),
    "a picture less": (media_gone, "other parts"),
    "rows that the manifest doesn't know": (untold_rows, "not of the size"),
    "rows that are not counted": (counted_wrongly, "are told of"),
    "a table less": (table_gone, "other tables"),
    "a table more": (table_more, "other tables"),
    "a bomb": (bomb, "unpack to more"),
    "no manifest": (no_manifest, "no manifest"),
    "a manifest that is no JSON": (manifest_of(b"{"), "none"),
    "a manifest of nothing": (manifest_of(b"[]"), "none of ours"),
    "a manifest without end": (manifest_of(b'{"format": 1}'), "can't be read"),
    "a deep manifest": (manifest_of(b"[" * 100_000), "should be JSON"),
    "newer": (saying(format=99), "newer code"),
    "made never": (saying(made_at="yesterday"), "can't be read"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_an_altered_one_is_refused_though_its_seal_is_right(place, kind):
    alter, why = HOSTILE[kind]
    one = altered()
    alter(one)
    assert why in refusal(place, one.packed())


def test_the_same_parts_packed_anew_are_whole(place):
    """What is refused above is refused for what was altered, and for nothing else."""
    place.write_bytes(altered().packed())
    with reading.opened(place) as archive:
        assert archive.manifest.count("releases.topic")

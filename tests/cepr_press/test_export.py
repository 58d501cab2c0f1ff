"""Everything in open formats: what readers can see, and apart from it what they can't."""

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from releases import workflow
from releases.content import Attachment, Figure
from releases.models import Release
from tests.make import (
    make_appeal,
    make_contact,
    make_document,
    make_edition,
    make_next_edition,
    make_picture,
    make_release,
    make_topic,
    make_user,
)

SECRETS = ("Planned", "A draft", "Withdrawn", "Secret topic", "Secret person", "Later appeal")


@pytest.fixture
def exported(db, tmp_path) -> Path:
    """The export of a newsroom with something of every state."""
    picture, document = make_picture("shown.png"), make_document("shown.csv")
    edition = make_edition(
        headline="First words",
        slug="shown",
        topics=(make_topic("Public topic").pk,),
        contacts=(make_contact("Public person").pk,),
        figures=(Figure(picture.pk, "A navy square.", "A caption", "A credit"),),
        attachments=(Attachment(document.pk, "The figures"),),
    )
    make_next_edition(edition, headline="Put right")
    secret = {"topics": (make_topic("Secret topic").pk,)}
    secret |= {"contacts": (make_contact("Secret person").pk,)}
    make_edition(timezone.now() + timedelta(days=1), headline="Planned", slug="planned", **secret)
    make_release(headline="A draft", figures=(Figure(make_picture("hidden.png").pk, "Hidden"),))
    gone = make_edition(headline="Withdrawn").release
    gone.refresh_from_db()
    workflow.withdraw(gone.pk, make_user("publisher"), gone.version, "error")
    make_appeal(heading="Running appeal")
    later = timezone.now() + timedelta(days=1)
    make_appeal(heading="Later appeal", is_default=False, starts_at=later)
    folder = tmp_path / "export"
    call_command("export", str(folder), "--site=http://localhost")
    return folder


def below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path in it."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: path.read_bytes() for name, path in sorted(found.items()) if path.is_file()}


def test_the_public_folder_has_what_readers_can_see(exported):
    files = below(exported / "public")
    for number, headline in ((1, "First words"), (2, "Put right")):
        item = json.loads(files[f"releases/en/shown/{number}/release.json"])
        assert headline in json.dumps(item["headlines"])
        assert f"# {headline}" in files[f"releases/en/shown/{number}/release.md"].decode()
    media = [name for name in files if name.startswith("media/")]
    assert len(media) == 2
    lines = list(csv.DictReader(files["media.csv"].decode().splitlines()))
    assert [(one["alt"], one["title"]) for one in lines if one["edition"] == "2"] == [
        ("A navy square.", ""), ("", "The figures")
    ]  # fmt: skip
    assert "FN:Public person" in files["contacts.vcf"].decode()
    assert "Public topic" in files["topics.json"].decode()
    assert "Running appeal" in files["appeals.json"].decode()


def test_nothing_else_is_in_it(exported):
    public, others = below(exported / "public"), below(exported / "NOT PUBLIC")
    for word in (*SECRETS, "hidden.png"):
        of = {name: word.encode() in data or word in name for name, data in public.items()}
        assert not any(of.values()), word
        assert any(word.encode() in data or word in name for name, data in others.items()), word


def test_the_other_folder_has_every_text_ever_saved(exported):
    files = below(exported / "NOT PUBLIC")
    release = Release.objects.get(slug="shown")
    texts = [name for name in files if name.startswith(f"releases/{release.pk}/revisions/")]
    assert len(texts) == 2 * release.revisions.count()
    assert json.loads(files[f"releases/{release.pk}/editions/1.json"])["headline"] == "First words"
    whole = b"".join(files.values())
    assert b"password" not in whole
    assert not any("sharelink" in name or "auth" in name for name in files)


def test_it_says_what_is_where_and_overwrites_nothing(exported):
    said = (exported / "README.txt").read_text()
    assert {path.name for path in exported.iterdir()} == {"README.txt", "public", "NOT PUBLIC"}
    assert "public/" in said
    assert "NOT PUBLIC/" in said
    with pytest.raises(CommandError, match="there already"):
        call_command("export", str(exported))


def test_a_file_that_the_storage_has_lost_is_named_and_the_rest_is_written(db, tmp_path, capsys):
    lost, there = make_picture("lost.png"), make_picture("there.png")
    make_edition(figures=(Figure(lost.pk, "A square."), Figure(there.pk, "Another.")))
    name = lost.file.name
    lost.file.storage.delete(name)
    folder = tmp_path / "export"
    call_command("export", str(folder), "--site=http://localhost")
    for part in ("public", "NOT PUBLIC"):
        files = below(folder / part)
        assert [f"media/{one.file.name}" in files for one in (lost, there)] == [False, True], part
    assert name in (folder / "public" / "media.csv").read_text()
    assert capsys.readouterr().err == f"Picture {lost.pk}: the file {name} is gone\n"

"""Media in a bucket: the same answers as from a folder, and nothing to be had beside them."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from urllib.error import HTTPError
from urllib.request import urlopen

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from moto.server import ThreadedMotoServer
from PIL import Image

from cepr_press import env
from cepr_press.watch.health import storage_fault
from files.gate import admit_picture
from files.leftovers import none_left
from files.models import Picture, store_picture
from files.renditions import file_name, rendition
from releases import workflow
from releases.content import Attachment, Figure
from releases.models import Edition, Release
from tests.make import make_document, make_edition, make_user

BUCKET = "press-media"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of a server that speaks like S3, on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, settings, monkeypatch, db):
    """An empty bucket, in which the site keeps its media."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "only-for-this-test")
    address = f"s3://{BUCKET}/newsroom?endpoint={endpoint}&region=us-east-1"
    monkeypatch.setenv("PRESS_MEDIA_STORAGE", address)
    settings.STORAGES = {**settings.STORAGES, "default": env.storage("PRESS_MEDIA_STORAGE")}
    found = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1").Bucket(BUCKET)
    found.create()
    yield found
    found.objects.all().delete()
    found.delete()


def names(bucket) -> list[str]:
    return sorted(one.key for one in bucket.objects.all())


def picture_of(size: tuple[int, int] = (1200, 600)) -> Picture:
    drawn = BytesIO()
    Image.new("RGB", size, "navy").save(drawn, "JPEG")
    return store_picture(admit_picture(drawn.getvalue(), "sea.jpg"))


def withdraw(edition: Edition) -> None:
    release = Release.objects.get(pk=edition.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error", "Wrong.")


def test_a_file_is_public_if_a_public_edition_refers_to_it(bucket, stranger):
    picture, document = picture_of(), make_document()
    addresses = [
        picture.get_absolute_url(),
        f"/media/{picture.key}/480/{file_name(picture, 'webp')}",
        document.get_absolute_url(),
    ]
    assert [stranger.get(one).status_code for one in addresses] == [404] * 3
    edition = make_edition(
        timezone.now() + timedelta(hours=1),
        figures=(Figure(picture.pk, "The sea"),), attachments=(Attachment(document.pk, "Data"),),
    )  # fmt: skip
    assert [stranger.get(one).status_code for one in addresses] == [404] * 3
    workflow.lift(edition.release_id, make_user("publisher"), edition.release.version, "Now.")
    for address, kind in zip(addresses, ("image/jpeg", "image/webp", "text/csv"), strict=True):
        answer = stranger.get(address)
        body = b"".join(answer.streaming_content)
        assert (answer.status_code, len(body)) == (200, int(answer.headers["Content-Length"]))
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert BUCKET not in str(answer.headers)
    withdraw(edition)
    assert [stranger.get(one).status_code for one in addresses] == [404] * 3


def test_a_file_that_the_bucket_has_lost_is_not_there_and_its_release_is(bucket, stranger):
    picture = picture_of()
    edition = make_edition(figures=(Figure(picture.pk, "The sea"),))
    bucket.objects.all().delete()
    assert stranger.get(picture.get_absolute_url()).status_code == 404
    small = f"/media/{picture.key}/480/{file_name(picture, 'webp')}"
    assert stranger.get(small).status_code == 404
    assert stranger.get(f"/releases/{edition.slug}.docx").status_code == 200


def test_the_bucket_itself_gives_nothing_to_strangers(bucket, endpoint):
    name = picture_of().file.name
    assert names(bucket) == [f"newsroom/{name}"]
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{endpoint}/{BUCKET}/newsroom/{name}")
    assert refused.value.code == 403
    grants = bucket.Object(f"newsroom/{name}").Acl().grants
    assert all("URI" not in one["Grantee"] for one in grants)


def test_what_comes_back_is_what_went_in(bucket):
    picture = picture_of()
    with picture.file.open() as file:
        assert Image.open(BytesIO(file.read())).size == (1200, 600)
    with rendition(picture, 480, "jpg") as file:
        assert Image.open(BytesIO(file.read())).size == (480, 240)
    count = len(names(bucket))
    with rendition(picture, 480, "jpg"):
        assert len(names(bucket)) == count == 2


def test_a_failed_act_leaves_nothing_behind(bucket):
    with pytest.raises(ZeroDivisionError), none_left():
        picture_of()
        assert len(names(bucket)) == 1
        raise ZeroDivisionError
    assert names(bucket) == []


def test_what_nothing_knows_is_swept(bucket, capsys):
    picture = picture_of()
    default_storage.save("pictures/of-no-row/stray.jpg", BytesIO(b"stray"))
    Picture.objects.update(added_at=timezone.now() - timedelta(days=2))
    call_command("sweep_files", "--delete")
    assert picture.name in capsys.readouterr().out
    # A stray is as old as its newest object.
    assert names(bucket) == ["newsroom/pictures/of-no-row/stray.jpg"]


def test_health_tries_the_bucket(bucket, settings, monkeypatch):
    assert storage_fault() == ""
    assert names(bucket) == []
    monkeypatch.setenv("PRESS_MEDIA_STORAGE", "s3://other?endpoint=http://127.0.0.1:1")
    settings.STORAGES = {**settings.STORAGES, "default": env.storage("PRESS_MEDIA_STORAGE")}
    assert storage_fault() == "not writable"


@pytest.mark.parametrize(
    "value", ["ftp://a/b", "s3://", "s3:///folder", "s3://a?acl=public-read", "bucket"]
)
def test_an_address_that_will_not_do_is_named(monkeypatch, value):
    monkeypatch.setenv("PRESS_MEDIA_STORAGE", value)
    with pytest.raises(ImproperlyConfigured, match="PRESS_MEDIA_STORAGE"):
        env.storage("PRESS_MEDIA_STORAGE")

"""The preview of what is being typed: the newsroom's page, for staff alone, never stored."""

import pytest

from tests.make import make_appeal, make_release, make_user
from tests.releases.desk.steps import opened, signed_in

NEW = "/desk/releases/release/preview/"
HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize("kind", ["page", "mail", "card"])
def test_what_is_typed_is_shown_and_nothing_runs(writer, kind):
    response = signed_in(writer).post(f"{NEW}?as={kind}", {"headline": f"Typed {HOSTILE}"})
    page = response.content.decode()
    assert "Typed &lt;script&gt;" in page
    assert HOSTILE not in page
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert "script-src" not in response["Content-Security-Policy"]


def test_a_stored_release_is_shown_as_the_form_has_it_and_stays_as_it_was(writer):
    release = make_release(headline="Stored")
    make_appeal(heading="Support the typed")
    client = signed_in(writer)
    values = {k: v for k, v in opened(client, release).values.items() if v is not None}
    address = f"/desk/releases/release/{release.pk}/preview/"
    page = client.post(address, {**values, "headline": "Typed"}).content.decode()
    for shown in ("Typed", "Support the typed", release.topics.get().name_en):
        assert shown in page
    assert release.contacts.get().name in page
    release.refresh_from_db()
    assert (release.headline, release.version) == ("Stored", int(values["seen"]))


def test_a_stranger_is_sent_to_sign_in_and_no_role_sees_nothing(stranger):
    assert stranger.post(NEW).status_code == 302
    assert signed_in(make_user("")).post(NEW).status_code == 403


def test_looking_is_not_enough(writer):
    assert signed_in(writer).get(NEW).status_code == 405

"""The API: what the newsroom shows, as data, in the shapes that its description promises."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from lxml import html
from schemathesis.core.failures import FailureGroup

from cepr_press.questions import PARAMETERS
from releases import workflow
from releases.content import Attachment, Figure
from releases.models import Release
from releases.newsroom.api import table
from tests.cepr_press.test_page_cache import app, ask
from tests.make import (
    make_contact,
    make_document,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
    make_translation,
    make_user,
)

__all__ = ["app"]
pytestmark = pytest.mark.django_db
HOST = "http://testserver"
NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


def described(client) -> dict[str, Any]:
    return client.get("/api/openapi.json").json()


def get(client, address: str) -> dict[str, Any]:
    """The answer of an address, which has the shape that the description gives it."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    document = described(client)
    path = address.partition("?")[0].partition("/api")[2]
    known = path if path in document["paths"] else "/releases/{slug}/"
    shape = document["paths"][known]["get"]["responses"]["200"]["content"]["application/json"]
    validator = jsonschema.Draft202012Validator({**document, **shape["schema"]})
    validator.validate(answer.json())
    return answer.json()


def headlines(client, address: str) -> list[str]:
    return [one["headline"] for one in get(client, address)["items"]]


def not_to_be_used() -> Figure:
    """A picture whose last day is over."""
    return Figure(make_picture("old.png").pk, "Not to be used", use_until=date(2020, 1, 1))


def test_a_release_is_there_with_all_that_its_page_has(stranger):
    topic, contact = make_topic("Bolivia", slug="bolivia"), make_contact("Ann Lee")
    first = make_edition(
        headline="“Ten” & <i>", summary="In short.", dateline="La Paz", body="<p>One.</p>",
        topics=(topic.pk,), contacts=(contact.pk,), kind="statement", dated=date(2024, 2, 29),
        figures=(Figure(make_picture().pk, "A square", "Caption", "Credit"), not_to_be_used()),
        attachments=(Attachment(make_document().pk, "The data"),),
    )  # fmt: skip
    second = make_next_edition(first, note="Eleven.", headline="“Eleven” & <i>")
    spanish = make_translation(second)
    said = get(stranger, f"/api{second.get_absolute_url()}")
    assert said["id"] == first.release.uuid.urn
    assert (said["headline"], said["date"], said["edition"]) == ("“Eleven” & <i>", "2024-02-29", 2)
    assert (said["kind"], said["language"]) == ("statement", "en")
    assert said["body_text"] == "La Paz — One."
    assert said["published"] == first.public_from.isoformat()
    assert said["updated"] == second.public_from.isoformat()
    assert [one["name"] for one in said["topics"]] == ["Bolivia"]
    assert [(one["name"], one["phone"]) for one in said["contacts"]] == [("Ann Lee", contact.phone)]
    assert [one["alt"] for one in said["figures"]] == ["A square"]
    [file] = said["files"]
    assert (file["title"], file["size"], file["type"]) == (
        "The data",
        19,
        "text/csv; charset=utf-8",
    )
    assert [(one["edition"], one["text"]) for one in said["notes"]] == [(2, "Eleven.")]
    assert [one["number"] for one in said["editions"]] == [2, 1]
    assert [one["language"] for one in said["translations"]] == ["es"]
    assert said["translations"][0]["url"] == f"{HOST}{spanish.get_absolute_url()}"
    own = [said["url"], said["api_url"], said["card_url"], said["topics"][0]["url"]]
    own += [
        said["contacts"][0]["url"],
        said["figures"][0]["url"],
        file["url"],
        said["editions"][1]["url"],
    ]
    assert {stranger.get(one.removeprefix(HOST)).status_code for one in own} == {200}


def test_the_list_is_paged_from_end_to_end_and_back(stranger):
    for n in range(45):
        make_edition(headline=f"No. {n}", dated=date(2024, 1, 1) + timedelta(days=n))
    address, found = "/api/releases/", []
    while address:
        page = get(stranger, address)
        found += [one["headline"] for one in page["items"]]
        last, address = address, (page["older_url"] or "").removeprefix(HOST)
    assert found == [f"No. {n}" for n in range(44, -1, -1)]
    newer = get(stranger, last)["newer_url"].removeprefix(HOST)
    assert headlines(stranger, newer) == found[20:40]


def test_it_is_narrowed_as_the_page_is(stranger):
    topic = make_topic("Bolivia", slug="bolivia")
    topic.former_addresses.create(slug="old-bolivia")
    make_edition(headline="A", topics=(topic.pk,), kind="statement", dated=date(2024, 1, 1))
    make_edition(headline="B", topics=(topic.pk,), dated=date(2023, 1, 1))
    make_edition(headline="C", kind="statement", dated=date(2022, 1, 1))
    assert headlines(stranger, "/api/releases/?topic=bolivia") == ["A", "B"]
    assert headlines(stranger, "/api/releases/?topic=old-bolivia") == ["A", "B"]
    assert headlines(stranger, "/api/releases/?kind=statement") == ["A", "C"]
    assert headlines(stranger, "/api/releases/?topic=bolivia&kind=statement&year=2024") == ["A"]
    assert headlines(stranger, "/api/releases/?year=1999") == []
    for nothing in ("topic=peru", "kind=song", "year=20", "before=x"):
        answer = stranger.get(f"/api/releases/?{nothing}")
        assert (answer.status_code, answer.json()["status"]) == (404, 404)
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_each_language_has_its_own(stranger):
    topic = make_topic("Bolivia & Peru", name_es="Bolivia y Perú")
    make_edition(headline="Report")
    make_edition(headline="Informe", language="es", topics=(topic.pk,))
    assert headlines(stranger, "/api/releases/") == ["Report"]
    assert headlines(stranger, "/es/api/releases/") == ["Informe"]
    assert [one["name"] for one in get(stranger, "/es/api/topics/")["items"]] == ["Bolivia y Perú"]
    index = get(stranger, "/es/api/")
    assert (index["language"], index["releases_url"]) == ("es", f"{HOST}/es/api/releases/")
    for name, address in index.items():
        if name.endswith("_url"):
            assert stranger.get(address.removeprefix(HOST)).status_code == 200


def test_people_have_no_mail_address_and_leave_with_their_work(stranger):
    here, left = make_contact("Ann Lee"), make_contact("Bo Old")
    edition = make_edition(contacts=(here.pk, left.pk))
    left.active = False
    left.save()
    for address in ("/api/contacts/", f"/api{edition.get_absolute_url()}"):
        said = get(stranger, address)
        people = said.get("items") or said["contacts"]
        assert [one["name"] for one in people] == ["Ann Lee"]
        assert here.email not in str(said)


@pytest.mark.parametrize(("second", "there"), [(-1, False), (0, True), (1, True)])
def test_it_is_right_to_the_second_and_known_by_its_etag(app, time_machine, second, there):
    time_machine.move_to(NOON - timedelta(hours=1), tick=False)
    edition = make_edition(NOON, slug="at-noon")
    own = f"/api{edition.get_absolute_url()}"
    assert ask(app, own).status == 404
    before = ask(app, "/api/releases/")
    time_machine.move_to(NOON + timedelta(seconds=second), tick=False)
    after = ask(app, "/api/releases/", HTTP_IF_NONE_MATCH=before.headers["etag"])
    assert after.status == (200 if there else 304)
    assert ("at-noon" in after.text) == there
    assert ask(app, own).status == (200 if there else 404)


def test_what_was_withdrawn_or_has_moved_says_so(stranger):
    gone, first = make_edition(), make_edition(slug="before")
    make_next_edition(first, slug="after")
    release = Release.objects.get(pk=gone.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    answer = stranger.get(f"/api{gone.get_absolute_url()}")
    assert (answer.status_code, answer.json()["status"]) == (410, 410)
    assert gone.headline not in answer.content.decode()
    moved = stranger.get("/api/releases/before/")
    assert (moved.status_code, moved.url) == (301, "/api/releases/after/")


def test_the_cost_does_not_grow_with_the_releases(stranger, django_assert_max_num_queries):
    for _ in range(5):
        make_edition(topics=(make_topic().pk, make_topic().pk))
    with django_assert_max_num_queries(5):
        stranger.get("/api/releases/")


# --- The description ----------------------------------------------------------------------------


def test_the_description_names_every_address_and_the_page_cache_every_parameter(stranger):
    document = described(stranger)
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {f"/{one.path}" for one in table.ENDPOINTS}
    assert set(table.PARAMETERS) <= PARAMETERS
    for shape in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(shape)


def test_home_leads_programs_to_the_api(stranger):
    page = html.fromstring(stranger.get("/es/").content)
    [link] = page.xpath("//link[@rel='service-desc']/@href")
    assert link == "/es/api/openapi.json"


@pytest.mark.parametrize("path", [f"/{one.path}" for one in table.ENDPOINTS])
def test_whatever_the_description_allows_is_answered_as_it_says(app, path):
    make_edition(topics=(make_topic("Bolivia", slug="bolivia").pk,), slug="the-report")
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    asked = []

    @given(case=schema[path]["GET"].as_strategy())
    @settings(
        max_examples=30,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def check(case):
        asked.append(case)
        try:
            case.call_and_validate(headers={"Accept-Encoding": "identity"})
        except FailureGroup as failures:
            pytest.fail("\n".join(map(str, failures.exceptions)))

    check()
    assert asked

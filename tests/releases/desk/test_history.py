"""The history of a release at the desk: the list, one text, what differs, restoring, the log."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from releases import workflow
from releases.content import Figure, read
from releases.models import Release
from tests.forms import form_in, words_of
from tests.make import (
    make_contact,
    make_edition,
    make_next_edition,
    make_picture,
    make_release,
    make_topic,
    make_user,
)
from tests.releases.desk.steps import address, opened, press, said, signed_in


def saved(release: Release, by: User | None = None, why: str = "", **changes) -> Release:
    """Save the release as it is stored, with these fields changed."""
    stored = Release.objects.get(pk=release.pk)
    content = replace(read(stored), **changes)
    return workflow.save(stored.pk, by or stored.changed_by, stored.version, content, why)


def page(client: Client, release: Release, path: str = "") -> HttpResponse:
    """Open one of the pages below a release's own address."""
    return client.get(address(release).replace("change/", path))


def rows(response: HttpResponse) -> list[str]:
    return words_of(response, "//*[@class='history-row']")


def log(response: HttpResponse) -> list[str]:
    return words_of(response, "//*[@class='history-log']/ol/li")


def links(response: HttpResponse) -> list[str]:
    """Where the form's bar, or the publish page, leads to see what changed."""
    return words_of(response, "//a[@class='bar-since'] | //ul[@class='since']//a")


def removed_and_added(response: HttpResponse) -> dict[str, tuple[list[str], list[str]]]:
    """For each field that differs, its words that went and that came."""
    found = {}
    for name in words_of(response, "//section[@class='difference']/h2"):
        section = f"//section[@class='difference'][h2='{name}']"
        found[name] = tuple(
            [text.removeprefix(f"[{word}: ").removesuffix("]")
             for text in words_of(response, f"{section}//{tag}")]
            for tag, word in (("del", "removed"), ("ins", "added"))
        )  # fmt: skip
    return found


@pytest.fixture
def release(writer) -> Release:
    """A release that was saved three times."""
    release = make_release(writer, headline="First words", body="<p>One two three four.</p>")
    saved(release, headline="Second words")
    return saved(release, body="<p>One two six four.</p>", why="The figure was wrong.")


# --- The list ------------------------------------------------------------------------------------


def test_the_history_lists_each_text_with_who_when_and_why(release, writer):
    name = writer.username
    first, *others = reversed(rows(page(signed_in(writer), release, "history/")))
    assert first.startswith("Revision 1 ")
    assert first.endswith(f"New York · {name} The first text")
    assert others[0].endswith(f"New York · {name} What changed: Headline")
    assert others[1].startswith("Revision 3 the present text ")
    assert others[1].endswith(f"New York · {name} What changed: Text The figure was wrong.")


def test_the_log_keeps_its_own_text(release, writer, editor):
    workflow.submit(release.pk, writer, release.version)
    told = log(page(signed_in(editor), release, "history/"))
    assert [line.split()[1] for line in told] == [
        "submitted", "changed", "changed", "started",
    ]  # fmt: skip
    assert told[-1].endswith("“First words”")
    assert "“" not in told[0]


def test_the_admins_button_leads_there(release, writer):
    client = signed_in(writer)
    button = "//a[@class='historylink']"
    assert words_of(client.get(address(release)), button) == ["History"]
    one, other = (page(client, release, path) for path in ("history/", "revisions/"))
    assert (rows(one), log(one)) == (rows(other), log(other))


def test_the_history_of_nothing_is_not_found(db, writer):
    client = signed_in(writer)
    for key in ("0", "99999999999999999999", "abc", "²"):
        assert client.get(f"/desk/releases/release/{key}/history/").status_code == 404


def test_the_revision_that_an_edition_was_made_of_is_marked(writer, publisher):
    edition = make_edition(timezone.now(), headline="Public words", summary="")
    saved(edition.release, headline="To come")
    make_next_edition(edition, headline="Later words")
    saved(edition.release, headline="Being written")
    marks = [row.split(" was made")[0] for row in rows(page(signed_in(writer), edition.release,
             "history/")) if "was made" in row]  # fmt: skip
    assert marks == ["Revision 3 Edition 2", "Revision 1 Edition 1"]


def test_long_histories_are_paged_and_cost_the_same(release, writer, django_assert_max_num_queries):
    for n in range(57):
        saved(release, headline=f"Headline {n}")
    client = signed_in(writer)
    with django_assert_max_num_queries(12):
        first = page(client, release, "history/")
    with django_assert_max_num_queries(12):
        second = page(client, release, "history/?page=2&log=2")
    numbers = [[int(row.split()[1]) for row in rows(one)] for one in (first, second)]
    assert numbers == [[*range(60, 10, -1)], [60, *range(10, 0, -1)]]
    assert [len(log(one)) for one in (first, second)] == [50, 10]
    assert words_of(first, "//p[@class='history-pager']") == ["1–50 of 60 Older"] * 2
    assert words_of(second, "//p[@class='history-pager']") == ["Newer 51–60 of 60"] * 2


# --- What differs --------------------------------------------------------------------------------


def test_any_two_are_chosen_and_compared(release, writer):
    client = signed_in(writer)
    found = page(client, release, "revisions/?older=3&newer=1")
    assert found.url == address(release).replace("change/", "revisions/1/3/")
    assert removed_and_added(client.get(found.url)) == {
        "Headline": (["First"], ["Second"]),
        "Text": (["three"], ["six"]),
    }


def test_what_hangs_on_a_text_differs_by_name(writer):
    one, other = make_topic("Bolivia"), make_topic("Brazil")
    person, gone = make_contact("Ana"), make_contact("Bela")
    release = make_release(
        writer,
        topics=(one.pk,),
        contacts=(person.pk, gone.pk),
        figures=(Figure(make_picture("map.png").pk, "A map"),),
        slug="first",
    )
    saved(
        release,
        topics=(other.pk,),
        contacts=(person.pk,),
        figures=(Figure(make_picture("chart.png").pk, "A map"),),
        slug="second",
        language="es",
    )
    key = gone.pk
    gone.delete()
    found = removed_and_added(page(signed_in(writer), release, "revisions/1/2/"))
    assert found == {
        "Language": (["English"], ["Español"]),
        "Topics": (["Bolivia"], ["Brazil"]),
        "Media contacts": ([f"no. {key} (deleted since)"], []),
        "Pictures": (["map.png"], ["chart.png"]),
        "Address": (["first"], ["second"]),
    }  # fmt: skip


def test_who_was_deleted_at_the_desk_keeps_the_name(writer, administrator):
    person = make_contact("Bela")
    release = make_release(writer, contacts=(person.pk,))
    saved(release, contacts=(make_contact("Ana").pk,))
    client = signed_in(administrator)
    confirm = f"/desk/contacts/contact/{person.pk}/delete/"
    form_in(client.get(confirm)).post(client, "Yes, I’m sure")
    found = removed_and_added(page(client, release, "revisions/1/2/"))
    assert found == {"Media contacts": (["Bela (deleted since)"], ["Ana"])}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Nothing differs"),
        ({"body": "<p><em>One</em> two three.</p>"}, "The words are the same"),
    ],
)
def test_where_no_word_differs_the_page_says_so(writer, changes, words):
    release = make_release(writer, headline="A", body="<p>One two three.</p>")
    saved(release, headline="B")
    release = saved(release, headline="A", **changes)
    response = page(signed_in(writer), release, "revisions/1/3/")
    assert removed_and_added(response) == {}
    assert words in response.content.decode()


def test_a_revision_is_a_text_to_read(writer):
    release = make_release(
        writer, headline="As it was", body="<p>Then <script>x</script>.</p>", dateline="La Paz",
        topics=(make_topic("Bolivia").pk,), contacts=(make_contact("Ana").pk,),
        figures=(Figure(make_picture("map.png").pk, "A map", "The caption"),),
    )  # fmt: skip
    saved(release, headline="As it is")
    response = page(signed_in(writer), release, "revisions/1/")
    [text] = words_of(response, "//article")
    for words in ("As it was", "La Paz — Then .", "Bolivia", "Ana", "The caption", "map.png"):
        assert words in text
    assert "As it is" not in text
    assert page(signed_in(writer), release, "revisions/3/").status_code == 404


# --- For those who decide ------------------------------------------------------------------------


def test_what_would_change_for_readers(writer, publisher):
    edition = make_edition(headline="Public words", summary="")
    client = signed_in(publisher)
    assert links(client.get(address(edition.release))) == []
    release = saved(edition.release, headline="Better words")
    bar = client.get(address(release))
    assert links(bar) == ["What would change for readers"]
    found = removed_and_added(page(client, release, "editions/1/unpublished/"))
    assert found == {"Headline": (["Public"], ["Better"])}
    # On the page where it is published, too.
    workflow.submit(release.pk, writer, release.version)
    assert links(client.get(address(release))) == ["What would change for readers"]
    press(signed_in(make_user("editor")), release, "Approve")
    assert links(client.get(address(release, "publish"))) == ["What would change for readers"]
    assert page(client, release, "editions/2/unpublished/").status_code == 404


def test_what_changed_since_it_was_last_approved(writer, editor):
    release = make_release(writer, headline="Seen words")
    release = workflow.submit(release.pk, writer, release.version)
    client = signed_in(editor)
    assert links(client.get(address(release))) == []
    release = workflow.approve(release.pk, editor, release.version)
    release = saved(release, headline="Other words")
    assert links(client.get(address(release))) == []
    workflow.submit(release.pk, writer, release.version)
    response = client.get(address(release))
    assert links(response) == ["What changed since it was last approved"]
    assert "/revisions/1/2/" in response.content.decode()
    assert removed_and_added(page(client, release, "revisions/1/2/")) == {
        "Headline": (["Seen"], ["Other"])
    }


def test_after_an_urgent_edition_the_last_approved_text_is_what_to_compare_with(publisher):
    edition = make_edition(headline="Seen words")
    release = saved(edition.release, headline="Urgent words")
    workflow.publish_urgently(release.pk, publisher, release.version, "Now.", reason="typo")
    response = signed_in(make_user("editor")).get(address(release))
    assert links(response) == ["What changed since it was last approved"]
    assert "/revisions/1/2/" in response.content.decode()


# --- Restoring -----------------------------------------------------------------------------------


def confirmed(client: Client, release: Release, number: int, why: str = "") -> HttpResponse:
    """Restore a revision as a person does."""
    confirm = page(client, release, f"revisions/{number}/restore/")
    return form_in(confirm).post(client, "Restore this text", {"why": why})


def test_an_old_text_is_restored(release, editor):
    client = signed_in(editor)
    confirm = page(client, release, "revisions/1/restore/")
    assert removed_and_added(confirm) == {
        "Headline": (["Second"], ["First"]),
        "Text": (["six"], ["three"]),
    }
    response = form_in(confirm).post(client, "Restore this text", {"why": "Counted again."})
    assert said(response) == ["Revision 1 is restored, as revision 4."]
    form = opened(client, release)
    assert (form.values["headline"], form.values["body"]) == (
        "First words", "<p>One two three four.</p>",
    )  # fmt: skip
    history = page(client, release, "history/")
    assert rows(history)[0].endswith("Revision 1 was restored. Counted again.")
    assert log(history)[0].startswith(f"{editor.username} restored an earlier text ")


def test_what_is_gone_is_said_before_and_after(writer):
    topic = make_topic("Gone")
    sentence = f"The topic “no. {topic.pk}” was deleted since and is left out."
    release = make_release(writer, topics=(topic.pk,))
    saved(release, topics=(), headline="Other")
    topic.delete()
    client = signed_in(writer)
    confirm = page(client, release, "revisions/1/restore/")
    assert words_of(confirm, "//*[@class='errornote']//li") == [sentence]
    assert said(confirmed(client, release, 1)) == [
        "Revision 1 is restored, as revision 3.", sentence,
    ]  # fmt: skip


def test_there_may_be_nothing_to_restore(release, writer):
    client = signed_in(writer)
    form = form_in(page(client, release, "revisions/1/restore/"))
    saved(release, headline="First words", body="<p>One two three four.</p>")
    confirm = page(client, release, "revisions/1/restore/")
    assert "nothing to restore" in words_of(confirm, "//p[@class='what']")[0]
    assert form_in(confirm).buttons == {}
    form.values["seen"] = form_in(confirm).values["seen"]
    response = form.post(client, "Restore this text")
    assert said(response) == ["The text says what revision 1 says: nothing to restore."]
    assert release.revisions.count() == 4


def test_somebody_else_was_faster(release, writer, editor):
    client = signed_in(editor)
    form = form_in(page(client, release, "revisions/1/restore/"))
    saved(release, headline="Third words")
    response = form.post(client, "Restore this text", {"why": "Because."})
    [error] = words_of(response, "//*[contains(@class, 'errornote')]")
    assert f"{writer.username} changed this release" in error
    assert form_in(response).values["why"] == "Because."
    assert opened(client, release).values["headline"] == "Third words"


def test_a_public_edition_stays_as_it_is(writer):
    edition = make_edition(timezone.now() - timedelta(hours=1), headline="Public words")
    release = saved(edition.release, headline="Second words")
    make_next_edition(edition, headline="Third words")
    confirmed(signed_in(writer), release, 1)
    assert [one.headline for one in release.editions.order_by("number")] == [
        "Public words", "Third words",
    ]  # fmt: skip
    assert Release.objects.get(pk=release.pk).stage == "draft"

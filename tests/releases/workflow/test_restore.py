"""Restoring an old revision: its stored values byte for byte, as a new revision, losses said."""

from dataclasses import fields, replace
from datetime import date

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from releases import workflow
from releases.content import Content, Figure, read
from releases.models import Act, Release, Revision
from releases.snapshots import SCHEMA, from_snapshot, snapshot
from tests.examples import examples
from tests.make import (
    make_approved,
    make_contact,
    make_content,
    make_edition,
    make_full_content,
    make_picture,
    make_release,
    make_topic,
    make_user,
    undone,
)

pytestmark = pytest.mark.django_db

#: What no cleaner would leave as it is.
RAW = '<P onclick="x()">A  <b>b</b>\r\n &nbsp;<script>c</script> “ç” <font>d</font>'


def saved(release: Release, **changes) -> Release:
    """Save the release with these fields changed."""
    content = replace(read(release), **changes)
    return workflow.save(release.pk, release.changed_by, release.version, content)


def kept(release: Release, number: int) -> Content:
    revision = Revision.objects.get(release=release, number=number)
    return from_snapshot(revision.schema, revision.snapshot)


def test_the_old_text_is_the_text_again(writer, editor):
    first = make_full_content()
    release = workflow.create(writer, first)
    release = saved(release, **{**vars(make_content()), "slug": release.slug, "language": "en"})
    release = saved(release, headline="Third")
    done = workflow.restore(release.pk, editor, release.version, 1, "It was better.")
    assert read(Release.objects.get(pk=release.pk)) == first
    assert (done.revision.number, done.revision.made_by, done.lost) == (4, editor, ())
    assert done.revision.why == "Revision 1 was restored. It was better."
    assert [kept(release, number).headline for number in (1, 3, 4)] == [
        first.headline, "Third", first.headline,
    ]  # fmt: skip


def test_every_field_was_another(writer):
    """What the test above restores differs from what it restores over in every field."""
    one, other = make_full_content(), make_content(language="en")
    assert {f.name for f in fields(Content) if getattr(one, f.name) == getattr(other, f.name)} == {
        "dateline"
    }


def test_it_is_a_draft_again_and_the_log_says_so(editor):
    release = make_approved(headline="As it was")
    release = saved(release, headline="As it is")
    workflow.restore(release.pk, editor, release.version, 1)
    stored = Release.objects.get(pk=release.pk)
    assert (stored.stage, stored.approved_by, stored.changed_by) == ("draft", None, editor)
    act = stored.acts.first()
    assert (act.action, act.by, act.headline) == ("restore", editor, "As it was")
    assert act.why == "Revision 1 was restored."


def test_stored_values_come_back_byte_for_byte(writer):
    """An old cleaner's text, an address that nobody would make: nothing is cleaned or made anew."""
    release = make_release(writer)
    old = make_content(
        body=RAW, headline=" Two  spaces ", slug="Not_Made-by-us", summary="\tTab\n", dateline=" LP"
    )
    Revision.objects.create(
        release=release, number=2, schema=SCHEMA, snapshot=snapshot(old), made_at=timezone.now()
    )
    workflow.restore(release.pk, writer, release.version, 2)
    assert read(Release.objects.get(pk=release.pk)) == old
    assert kept(release, 3) == old


def test_an_equal_text_stores_nothing(writer):
    release = make_release(writer)
    before = (Release.objects.values().get(), Revision.objects.count(), Act.objects.count())
    done = workflow.restore(release.pk, writer, release.version, 1)
    assert (done.revision, done.lost) == (None, ())
    assert (Release.objects.values().get(), Revision.objects.count(), Act.objects.count()) == before


def test_not_even_an_equal_text_for_who_may_not(writer):
    release = make_release(writer)
    with pytest.raises(workflow.Refused, match="no right"):
        workflow.restore(release.pk, make_user(""), release.version, 1)


def test_somebody_else_was_faster(writer, editor):
    release = make_release(writer, headline="First")
    seen = saved(release, headline="Second").version
    release = saved(Release.objects.get(pk=release.pk), headline="Third")
    with pytest.raises(workflow.Stale, match=writer.username):
        workflow.restore(release.pk, editor, seen, 1)
    with pytest.raises(workflow.Stale):
        workflow.restore(release.pk, editor, seen, 3)
    assert read(Release.objects.get(pk=release.pk)).headline == "Third"


def test_a_revision_that_never_was(writer):
    release = make_release(writer)
    with pytest.raises(Revision.DoesNotExist):
        workflow.restore(release.pk, writer, release.version, 2)


def test_what_is_gone_is_left_out_and_said(writer):
    topics, people = (make_topic("Kept"), make_topic("Gone")), (make_contact(), make_contact())
    pictures = make_picture(), make_picture()
    release = make_release(
        writer,
        topics=tuple(topic.pk for topic in topics),
        contacts=tuple(person.pk for person in people),
        figures=tuple(Figure(picture.pk, caption=f"Picture {picture.pk}") for picture in pictures),
    )
    release = saved(release, topics=(), contacts=(), figures=())
    gone = [topics[1].pk, people[0].pk, pictures[0].pk]
    for row in (topics[1], people[0], pictures[0]):
        row.delete()
    done = workflow.restore(release.pk, writer, release.version, 1)
    said = [
        f"The topic “no. {gone[0]}” was deleted since and is left out.",
        f"The contact “no. {gone[1]}” was deleted since and is left out.",
        f"The picture “Picture {gone[2]}” was deleted since and is left out.",
    ]
    assert [str(one) for one in done.lost] == said
    assert release.acts.first().why == " ".join(["Revision 1 was restored.", *said])
    text = read(Release.objects.get(pk=release.pk))
    assert (text.topics, text.contacts) == ((topics[0].pk,), (people[1].pk,))
    assert [figure.picture for figure in text.figures] == [pictures[1].pk]


# --- The address ---------------------------------------------------------------------------------


def test_an_address_that_another_release_has_by_now(writer):
    release = saved(make_release(writer, slug="first"), slug="second")
    make_edition(slug="first")
    done = workflow.restore(release.pk, writer, release.version, 1)
    assert done.revision is None
    release = saved(release, headline="Changed")
    done = workflow.restore(release.pk, writer, release.version, 1)
    assert done.revision.number == 4
    assert [str(one) for one in done.lost] == [
        "The address “first” is not restored: another release has it by now."
    ]
    assert Release.objects.get(pk=release.pk).slug == "second"


def test_a_free_address_comes_back(writer):
    release = saved(make_release(writer, slug="first"), slug="second")
    assert workflow.restore(release.pk, writer, release.version, 1).release.slug == "first"


def test_a_published_address_stays(writer):
    release = saved(make_release(writer, slug="first", language="es"), slug="second", language="en")
    release = workflow.submit(release.pk, writer, release.version)
    release = workflow.approve(release.pk, make_user("editor"), release.version)
    workflow.publish(release.pk, make_user("publisher"), release.version)
    release = saved(Release.objects.get(pk=release.pk), headline="Changed")
    done = workflow.restore(release.pk, writer, release.version, 1)
    assert (done.release.slug, done.release.language) == ("second", "en")
    assert [str(one) for one in done.lost] == [
        "The address “first” is not restored: it is fixed since the first publication.",
        "The language “Español” is not restored: it is fixed since the first publication.",
    ]


# --- The log's own words -------------------------------------------------------------------------


def test_the_log_speaks_the_offices_language_whoever_acts(settings):
    settings.SELF_APPROVAL = True
    editor = make_user("publisher")
    with translation.override("es"):
        release = workflow.create(editor, make_content(headline="", slug=""))
        release = workflow.save(
            release.pk, editor, release.version, make_content(headline="Titular")
        )
        workflow.restore(release.pk, editor, release.version, 1)
        release = Release.objects.get(pk=release.pk)
        release = workflow.restore(release.pk, editor, release.version, 2).release
        release = workflow.submit(release.pk, editor, release.version)
        workflow.approve(release.pk, editor, release.version)
        workflow.record(release, "save", None)
    log = release.acts.order_by("pk").values_list("by_name", "headline", "why")
    name = editor.username
    assert list(log) == [
        (name, "Untitled draft", ""),
        (name, "Titular", ""),
        (name, "Untitled draft", "Revision 1 was restored."),
        (name, "Titular", "Revision 2 was restored."),
        (name, "Titular", ""),
        (name, "Titular", "The approver’s own text."),
        ("the system", "Titular", ""),
    ]


# --- For any text --------------------------------------------------------------------------------

# Neither database stores NUL or a lone surrogate; each column has its length.
letters = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
texts = st.text(letters, max_size=60)
markup = st.lists(
    texts | st.sampled_from(["<p>", "</p>", "<script>", "&nbsp;", "<b x=1>", "\r\n", RAW])
).map("".join)
choices = st.lists(st.integers(0, 2), max_size=3, unique=True)
contents = st.builds(
    Content,
    kind=st.sampled_from(["press_release", "statement", "open_letter"]),
    language=st.sampled_from(["en", "es", "pt-br"]),
    headline=texts, subhead=texts, slug=st.text(letters, max_size=40), dateline=texts,
    dated=st.none() | st.dates(min_value=date(1, 1, 2)), summary=texts, body=markup,
    topics=choices, contacts=choices,
    figures=st.lists(st.builds(Figure, st.integers(0, 2), texts, texts, texts), max_size=3),
)  # fmt: skip


def filled(content: Content, topics, people, pictures) -> Content:
    """The same text with rows that are there."""
    return replace(
        content,
        topics=tuple(sorted(topics[place].pk for place in content.topics)),
        contacts=tuple(people[place].pk for place in content.contacts),
        figures=tuple(replace(one, picture=pictures[one.picture].pk) for one in content.figures),
    )


@examples(60)
@given(old=contents, new=contents)
def test_any_snapshot_restored_gives_back_the_content(old, new):
    with undone():
        rows = [[make() for _ in range(3)] for make in (make_topic, make_contact, make_picture)]
        writer = make_user("writer")
        release = workflow.create(writer, filled(new, *rows))
        raw = filled(old, *rows)
        Revision.objects.create(
            release=release, number=2, schema=SCHEMA, snapshot=snapshot(raw), made_at=timezone.now()
        )
        before = read(Release.objects.get(pk=release.pk))
        workflow.restore(release.pk, writer, release.version, 2)
        assert read(Release.objects.get(pk=release.pk)) == raw
        version = Release.objects.get(pk=release.pk).version
        workflow.restore(release.pk, writer, version, 1)
        assert read(Release.objects.get(pk=release.pk)) == before == kept(release, 1)

"""Two appeals side by side: like with like, and in words what the difference is worth."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from donations.models import Appeal
from donations.report.comparison import Finding, compare, draw, reasons_not_to
from releases.models import Edition
from tests.donations.counts import day, make_count
from tests.forms import words_of
from tests.make import make_appeal, make_campaign, make_edition, make_topic
from tests.releases.desk.steps import signed_in

COMPARE = reverse("admin:donations_count_compare")


@pytest.fixture
def topic(db):
    return make_topic()


@pytest.fixture
def pair(topic) -> tuple[Appeal, Appeal]:
    """Two appeals that share out the releases of a topic."""
    found = [make_appeal(name, is_default=False) for name in ("warm", "cool")]
    for appeal in found:
        appeal.topics.add(topic)
    return found[0], found[1]


def shared(topic, pair, number: int) -> dict[Appeal, list[Edition]]:
    """Make releases until each of the two has so many; return them by appeal."""
    editions: dict[int, Edition] = {}
    for _ in range(20):
        for _ in range(number):
            one = make_edition(topics=(topic.pk,))
            editions[one.release_id] = one
        drawn = dict(draw(*pair))
        found = {
            appeal: [editions[key] for key, chosen in drawn.items() if chosen == appeal.pk][:number]
            for appeal in pair
        }
        if all(len(some) == number for some in found.values()):
            break
    return found


def compared(pair, since: int = 29, until: int = 0):
    return compare(*pair, day(since), day(until))


def count(editions: dict[Appeal, list[Edition]], clicks: dict[Appeal, int], views: int = 0) -> None:
    for appeal, some in editions.items():
        for one in some:
            numbers = {"people": clicks[appeal], "views": views, "machines": 1}
            make_count(appeal, one, **numbers)


def test_what_is_in_the_draw_shows_one_of_the_two_as_its_page_does(stranger, topic, pair):
    shared(topic, pair, 3)
    make_edition()
    drawn = dict(draw(*pair))
    for edition in Edition.objects.filter(release__in=drawn):
        page = stranger.get(edition.get_absolute_url()).content.decode()
        names = [one.name for one in pair if f"/donate/{one.name}/" in page]
        assert names == [Appeal.objects.get(pk=drawn[edition.release_id]).name]
    assert set(drawn) == set(Edition.objects.filter(topics=topic).values_list("release", flat=True))


def test_a_release_that_only_one_fits_is_not_compared(topic, pair):
    editions = shared(topic, pair, 2)
    before = set(dict(draw(*pair)))
    named = editions[pair[0]][0].release
    pair[1].releases.add(named)
    assert before - set(dict(draw(*pair))) == {named.pk}


def test_a_great_difference_is_more_than_chance(topic, pair):
    warm, cool = pair
    count(shared(topic, pair, 6), {warm: 9, cool: 1}, views=100)
    found = compared(pair)
    assert (found.finding, found.better.appeal) == (Finding.MORE, warm)
    assert (found.first.clicks, found.first.views) == (54, 600)
    assert found.first.rate.share == pytest.approx(0.09)


def test_none_is_none(topic, pair):
    count(shared(topic, pair, 6), dict.fromkeys(pair, 5), views=100)
    assert compared(pair).finding == Finding.ALIKE
    assert compared(pair).p == 1


@pytest.mark.parametrize(("releases", "clicks"), [(3, 9), (6, 0)])
def test_few_are_too_few_to_tell(topic, pair, releases, clicks):
    count(shared(topic, pair, releases), {pair[0]: clicks, pair[1]: 0}, views=100)
    assert compared(pair).finding == Finding.FEW


def test_without_views_a_release_nobody_clicked_on_counts(topic, pair):
    editions = shared(topic, pair, 6)
    for one in editions[pair[0]]:
        make_count(pair[0], one, people=4)
    found = compared(pair)
    assert not found.by_views
    assert found.second.releases >= 6
    assert found.second.clicks == 0
    assert found.finding == Finding.MORE


def test_one_release_that_all_read_is_no_proof(topic, pair):
    """Readers of one story are no proof for a button: by clicks alone it would be overwhelming."""
    editions = shared(topic, pair, 6)
    count(editions, dict.fromkeys(pair, 1), views=100)
    make_count(pair[0], editions[pair[0]][0], people=50, views=400)
    assert compared(pair).p > 0.2


def test_a_release_that_showed_both_is_left_out(topic, pair):
    editions = shared(topic, pair, 6)
    count(editions, dict.fromkeys(pair, 5), views=100)
    make_count(pair[1], editions[pair[0]][0], people=500, views=600)
    found = compared(pair)
    assert found.left_out == 1
    assert found.second.clicks == 30


def test_days_on_which_one_did_not_run_are_left_out(topic, pair):
    warm, cool = pair
    cool.starts_at = timezone.now() - timedelta(days=3)
    cool.save()
    editions = shared(topic, pair, 2)
    for ago in (4, 3, 2, 1):
        make_count(warm, editions[warm][0], ago=ago, people=10**ago)
    assert compared(pair).first.clicks == 110


def test_what_cannot_be_compared_is_refused_with_every_reason(db):
    other = make_appeal(
        "otra", language="es", placement="inside", campaign=make_campaign(), is_default=False
    )
    one = make_appeal("one")
    assert len(reasons_not_to(one, other)) == 3
    assert reasons_not_to(one, one) == ["Choose two appeals."]
    assert reasons_not_to(one, make_appeal("two", is_default=False)) == []


# --- At the desk ----------------------------------------------------------------------------------


@pytest.fixture
def desk(editor) -> Client:
    return signed_in(editor)


@pytest.mark.parametrize(
    ("clicks", "said"),
    [
        ((9, 1), "“warm” does better, by more than chance."),
        ((1, 9), "“cool” does better, by more than chance."),
        ((5, 5), "No difference beyond chance."),
        ((0, 0), "Too few to tell."),
    ],
)
def test_it_says_so_in_words(desk, topic, pair, clicks, said):
    count(shared(topic, pair, 6), dict(zip(pair, clicks, strict=True)), views=100)
    page = desk.get(COMPARE, {"first": pair[0].pk, "second": pair[1].pk})
    assert words_of(page, "//*[contains(@class, 'finding ')]//strong") == [said]


def test_the_reasons_stand_beside_the_field(desk, pair):
    other = make_appeal("otra", language="es")
    page = desk.get(COMPARE, {"first": pair[0].pk, "second": other.pk})
    [said] = words_of(page, "//*[contains(@class, 'form-row errors')]//*[@class='errorlist']")
    assert said == "They speak different languages, to different readers."
    assert words_of(page, "//table") == []

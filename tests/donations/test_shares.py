"""Appeals that fit equally share the releases out by weight, and no more of them move than must."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from donations.choice import Candidate, choose
from donations.models import MOST_WEIGHT
from tests.donations.asked import appeals_for
from tests.make import make_appeal, make_campaign, make_edition
from tests.server import ROOT

PLACES = [f"release {number}" for number in range(4000)]


def default(key: int, weight: int = 1, campaign: int = 1) -> Candidate:
    return Candidate(key, campaign, weight, is_default=True)


def shared(candidates: list[Candidate]) -> dict[str, int]:
    """Which appeal each place gets."""
    return {place: choose(candidates, place) for place in PLACES}


weights = st.lists(st.integers(1, MOST_WEIGHT), min_size=1, max_size=6)


@given(weights=weights, campaign=st.integers(1, 10**6))
def test_each_gets_its_share(weights, campaign):
    found = Counter(
        shared([default(key, one, campaign) for key, one in enumerate(weights)]).values()
    )
    for key, weight in enumerate(weights):
        share = weight / sum(weights)
        # Five standard deviations of what chance would give.
        room = 5 * (share * (1 - share) * len(PLACES)) ** 0.5 + 1
        assert abs(found[key] - share * len(PLACES)) <= room


@given(weights=weights, more=st.integers(1, MOST_WEIGHT))
def test_a_new_appeal_takes_its_share_and_moves_nothing_else(weights, more):
    before = shared([default(key, one) for key, one in enumerate(weights)])
    new = len(weights)
    after = shared([*(default(key, one) for key, one in enumerate(weights)), default(new, more)])
    moved = {place for place in PLACES if before[place] != after[place]}
    assert {after[place] for place in moved} <= {new}
    share = more / (sum(weights) + more)
    assert abs(len(moved) - share * len(PLACES)) <= 5 * (share * len(PLACES)) ** 0.5 + 1


@given(weights=weights, which=st.integers(0, 5), weight=st.integers(1, MOST_WEIGHT))
def test_another_weight_moves_places_to_or_from_that_appeal_alone(weights, which, weight):
    which %= len(weights)
    rows = [default(key, one) for key, one in enumerate(weights)]
    before = shared(rows)
    rows[which] = replace(rows[which], weight=weight)
    after = shared(rows)
    for place in PLACES:
        if before[place] != after[place]:
            grown = weight > weights[which]
            assert (after if grown else before)[place] == which


@given(order=st.permutations(range(6)))
def test_the_order_in_which_rows_come_means_nothing(order):
    rows = [default(key, key + 1) for key in range(6)]
    assert [choose([rows[n] for n in order], place) for place in PLACES[:50]] == [
        choose(rows, place) for place in PLACES[:50]
    ]


def test_another_campaign_shares_out_anew():
    rows = [default(key) for key in range(2)]
    other = [replace(row, campaign=2) for row in rows]
    differ = sum(choose(rows, place) != choose(other, place) for place in PLACES)
    assert 0.4 < differ / len(PLACES) < 0.6


ASK = """
from donations.choice import Candidate, choose
rows = [Candidate(key, 7, key + 1, is_default=True) for key in range(5)]
print([choose(rows, f"release {number}") for number in range(60)])
"""


def test_every_process_chooses_alike():
    rows = [Candidate(key, 7, key + 1, is_default=True) for key in range(5)]
    mine = [choose(rows, place) for place in PLACES[:60]]
    env = {**os.environ, "PYTHONHASHSEED": "12345", "DJANGO_SETTINGS_MODULE": "cepr_press.settings"}
    command = [sys.executable, "-c", f"import django; django.setup()\n{ASK}"]
    other = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == str(mine)
    # What is written down here is what every release of this program has to give.
    assert mine[:12] == WRITTEN_DOWN


WRITTEN_DOWN = [0, 1, 3, 0, 4, 4, 3, 1, 0, 2, 0, 3]


# --- With rows -----------------------------------------------------------------------------------


def test_readers_of_one_release_see_one_appeal_and_releases_are_shared_out(stranger):
    campaign = make_campaign()
    for name in ("north", "south"):
        make_appeal(name, heading=f"The {name} needs you", campaign=campaign)
    seen = Counter()
    for edition in [make_edition() for _each in range(12)]:
        pages = {stranger.get(edition.get_absolute_url()).content.decode() for _each in range(2)}
        (page,) = pages
        found = [name for name in ("north", "south") if f"The {name} needs you" in page]
        assert len(found) == 1
        seen[found[0]] += 1
    assert set(seen) == {"north", "south"}


def test_a_correction_keeps_the_appeal(db):
    for _each in range(4):
        make_appeal()
    edition = make_edition()
    now = timezone.now()
    at = [appeals_for(edition, now + timedelta(days=n), [])["end"] for n in (0, 30)]
    assert at[0] == at[1]


@pytest.mark.parametrize("which", ["starts_at", "ends_at"])
def test_a_campaign_s_dates_hold_for_its_appeals(stranger, which, time_machine):
    moment = timezone.now() + timedelta(hours=1)
    make_appeal(heading="In these days only", campaign=make_campaign(**{which: moment}))
    edition = make_edition()
    seen = []
    for at in (moment - timedelta(seconds=1), moment):
        time_machine.move_to(at, tick=False)
        page = stranger.get(edition.get_absolute_url()).content.decode()
        seen.append("In these days only" in page)
    assert seen == ([False, True] if which == "starts_at" else [True, False])

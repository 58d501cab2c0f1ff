"""Whether a difference is chance: against published values, by hand, and as laws."""

from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.report import chance as exact
from donations.report.chance import Unit, chance


def of(*clicks: int) -> list[Unit]:
    return [Unit(one) for one in clicks]


@pytest.mark.parametrize(
    ("right", "one_sided"),
    [
        # R. A. Fisher, The Design of Experiments (1935), chapter II: of eight cups four are chosen;
        # all are right in 1 of 70 share-outs, three or more in 17 of 70.
        (4, 1 / 70),
        (3, 17 / 70),
    ],
)
def test_the_lady_tasting_tea(right, one_sided):
    chosen, left = of(*[1] * right, *[0] * (4 - right)), of(*[1] * (4 - right), *[0] * right)
    assert chance(chosen, left) == pytest.approx(2 * one_sided)


def test_no_difference_is_certainly_chance():
    assert chance(of(3, 3, 3), of(3, 3, 3)) == 1
    assert chance(of(2), of(5)) == 1


def test_views_weigh():
    """Ten clicks of a hundred views and one of ten are the same rate."""
    first, second = [Unit(10, 100), Unit(1, 10)], [Unit(5, 50), Unit(20, 200)]
    assert chance(first, second) == 1
    assert chance([Unit(0, 10)] * 4, [Unit(10, 10)] * 4) == pytest.approx(2 / comb(8, 4))


units = st.builds(Unit, st.integers(0, 30), st.integers(1, 50))
groups = st.lists(units, min_size=1, max_size=5)


@given(first=groups, second=groups)
def test_it_is_the_same_from_either_side_and_never_nothing(first, second):
    found = chance(first, second)
    assert found == pytest.approx(chance(second, first))
    assert 1 / comb(len(first) + len(second), len(first)) - 1e-9 <= found <= 1


@given(
    first=st.lists(units, min_size=4, max_size=5), second=st.lists(units, min_size=4, max_size=5)
)
def test_share_outs_that_are_drawn_come_near_to_all_of_them(first, second):
    known = chance(first, second)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "EXACT", 0)
        patch.setattr(exact, "MOST_DRAWN", 1999)
        drawn = chance(first, second)
        assert drawn == chance(first, second)
    # Five standard deviations of a share of 1,999, at its widest.
    assert abs(drawn - known) < 0.06


def test_under_the_lot_alone_it_cries_wolf_no_more_often_than_it_says():
    """Over all share-outs of the same releases, p is at most 0.05 in at most 5 % of them."""
    everything = of(0, 1, 1, 2, 3, 5, 8, 13)
    found = []
    for chosen in combinations(range(8), 4):
        first = [everything[n] for n in chosen]
        second = [one for n, one in enumerate(everything) if n not in chosen]
        found.append(chance(first, second))
    for level in (0.05, 0.1, 0.2):
        assert sum(p <= level for p in found) / len(found) <= level

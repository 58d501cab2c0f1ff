"""The chart's places: within its frame, as high as the figures say, in any language."""

from datetime import date, timedelta

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from donations.report.chart import ABOVE, BELOW, HEIGHT, LINES, chart, steps
from donations.report.figures import Bin, Figures, bins

FIRST = date(2030, 1, 1)
amounts = st.lists(st.integers(0, 10**7), min_size=1, max_size=1100)


def made(people: list[int]) -> list[Bin]:
    return [
        Bin(FIRST + timedelta(n), FIRST + timedelta(n), Figures(people=one), 1, False)
        for n, one in enumerate(people)
    ]


@given(most=st.integers(0, 10**9))
def test_a_scale_holds_the_highest_in_few_round_steps(most):
    scale = steps(most)
    assert scale[0] == 0
    assert most <= scale[-1]
    assert 2 <= len(scale) <= LINES + 1
    assert str(scale[1]).rstrip("0") in ("1", "2", "5")
    assert most == 0 or scale[-2] < most


@given(people=amounts)
def test_bars_stand_in_the_frame_side_by_side(people):
    found = chart(made(people))
    ends = 0.0
    for bar, clicks in zip(found.bars, people, strict=True):
        x, width = float(bar.x.rstrip("%")), float(bar.width.rstrip("%"))
        assert ends <= x + 0.01
        ends = x + width
        assert ends <= 100.01
        assert ABOVE <= bar.y <= bar.y + bar.height == HEIGHT - BELOW
        assert bar.height == 0 or clicks
    highest = max(range(len(people)), key=lambda n: people[n])
    assert found.bars[highest].height == max(bar.height for bar in found.bars)


def test_places_are_numbers_of_svg_in_every_language():
    with translation.override("es"):
        found = chart(made([1, 2, 3]))
    assert all("," not in place for bar in found.bars for place in (bar.x, bar.width))


@given(
    days=st.integers(1, 400),
    counts=st.dictionaries(st.integers(0, 399), st.integers(1, 99), max_size=40),
)
def test_bins_lose_and_double_no_day(days, counts):
    span = [FIRST + timedelta(n) for n in range(days)]
    sums = {FIRST + timedelta(n): Figures(people=one) for n, one in counts.items() if n < days}
    found = bins(span, sums, set(sums), span[-1])
    assert sum(one.days for one in found) == days
    assert sum(one.figures.people for one in found) == sum(one.people for one in sums.values())
    assert sum(one.counted for one in found) == len(sums)
    assert [one.is_unfinished for one in found] == [False] * (len(found) - 1) + [True]
    assert (len(found) == days) == (days <= 92)

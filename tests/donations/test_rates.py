"""A share and how sure it is: against published values, and as a law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.report.rates import share


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_s_interval_as_published(part, whole, low, high):
    found = share(part, whole)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (2, 1), (-1, 4)])
def test_what_is_no_share_has_none(part, whole):
    assert share(part, whole) is None


@given(whole=st.integers(1, 10**9), data=st.data())
def test_a_share_lies_within_its_interval_and_more_is_surer(whole, data):
    part = data.draw(st.integers(0, whole))
    found, surer = share(part, whole), share(100 * part, 100 * whole)
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert surer.high - surer.low <= found.high - found.low
    mirrored = share(whole - part, whole)
    assert mirrored.low == pytest.approx(1 - found.high, abs=1e-9)

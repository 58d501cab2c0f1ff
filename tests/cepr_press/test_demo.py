"""The demo newsroom is what the desk would let pass."""

import pytest

from cepr_press.demo.load import load
from releases.content import read
from releases.housestyle import departures
from releases.models import Edition, Release
from tests.make import make_user

pytestmark = pytest.mark.django_db


def test_every_text_of_it_is_in_house_style():
    loaded = load(make_user("publisher"))
    texts = [*Release.objects.all(), *Edition.objects.all()]
    assert len(texts) > loaded > 20
    # The rules have something to say about it: no-break spaces, for one, nobody typed.
    assert any("&nbsp;percent" in one.body for one in texts)
    assert {str(one): found for one in texts if (found := departures(read(one)))} == {}

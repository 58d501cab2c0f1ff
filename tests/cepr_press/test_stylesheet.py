"""The newsroom's one stylesheet: what readers fetch of it stays small."""

import brotli

from cepr_press.static_storage import joined
from tests.house.source import ROOT

#: Bytes, compressed as the server sends them.
MOST = 12 * 1024


def test_the_stylesheet_is_small():
    text = joined(ROOT / "static/css/newsroom.css")
    assert "@import" not in text
    assert 2_000 < len(brotli.compress(text.encode())) < MOST

"""A release as a mail carries it."""

from releases.plain_release import PlainRelease, write


def test_the_parts_stand_in_order_and_lines_are_short():
    text = write(
        PlainRelease(
            kicker="Statement", contacts=("Ada, 1",), headline="Head", dateline="Lima",
            body=f"<p>{'word ' * 40}</p><ul><li>{'item ' * 30}</li></ul>", about="About.",
        )
    )  # fmt: skip
    places = [
        text.index(one)
        for one in ("STATEMENT", "Ada", "Head", "Lima — word", "• item", "###", "About.")
    ]
    assert places == sorted(places)
    assert max(map(len, text.splitlines())) <= 72
    assert "\n  item" in text

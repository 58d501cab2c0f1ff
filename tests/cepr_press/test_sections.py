"""The desk's sections: those of every day in one row, all others below "More", to each his own."""

import pytest
from django.contrib import admin

from cepr_press.templatetags.desk import MORE, ROW, sections_of
from tests.forms import page_of
from tests.releases.desk.steps import signed_in

SEEN = {
    "writer": (["Releases", "Media contacts", "On call"], {"Series", "What’s new"}),
    "administrator": (["Releases", "Media contacts", "On call"], {"Users", "Who did what"}),
}


#: The classes that a window of each width hides.
WIDE = {"on-narrow", "on-phone"}
NARROW = {"not-narrow", "on-phone"}
PHONE = {"not-narrow", "not-phone"}


def links(user, address: str = "/desk/") -> tuple[list, list]:
    """The links of the row and those below "More", as the page of this address has them."""
    [nav] = page_of(signed_in(user).get(address)).find_class("desk-nav")
    [more] = nav.find_class("desk-more")
    below = list(more.iter("a"))
    return [link for link in nav.iter("a") if link not in below], below


def words(found) -> list[str]:
    return [link.text_content() for link in found]


@pytest.mark.parametrize("role", SEEN)
def test_the_row_begins_with_what_is_opened_most(request, role):
    row, more = links(request.getfixturevalue(role))
    first, some = SEEN[role]
    assert words(row)[:3] == first
    assert some <= set(words(more))


def test_what_a_person_may_not_open_stands_nowhere(writer, administrator):
    def all_of(user):
        row, more = links(user)
        return {*words(row), *words(more)}

    assert {"Users", "Who did what"} <= all_of(administrator) - all_of(writer)


def test_each_section_is_offered_once_at_every_width(administrator):
    row, more = links(administrator)
    for hidden in WIDE, NARROW, PHONE:
        shown = [
            link.get("href")
            for link in [*row, *more]
            if link.getparent().get("class") not in hidden
        ]
        assert len(shown) == len(set(shown)) > 10


@pytest.mark.parametrize("address", ["/desk/releases/release/", "/desk/releases/series/"])
def test_where_one_is_is_marked(editor, address):
    row, more = links(editor, address)
    marked = {link.get("href") for link in [*row, *more] if link.get("aria-current") == "page"}
    assert marked == {address}


def test_every_section_has_its_place():
    names = {model.__name__ for model in admin.site._registry}
    assert names == {*ROW, *MORE}


def test_a_section_without_a_place_comes_last():
    def model(name: str, address: str | None = "/desk/") -> dict:
        return {"object_name": name, "admin_url": address}

    apps = [
        {"models": [model("New"), model("Group")]},
        {"models": [model("Topic"), model("Act", None)]},
    ]
    found = sections_of(apps)
    assert [one["object_name"] for one in found["row"]] == ["Topic"]
    assert [one["object_name"] for one in found["more"]] == ["Group", "New"]

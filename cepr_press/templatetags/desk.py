"""`{% sections_of available_apps as sections %}`: the desk's sections, the busiest in one row."""

from typing import Any

from django import template

register = template.Library()

#: The sections of every day, in their order; all others stand below "More", in theirs.
ROW = ("Release", "Contact", "Duty", "Event", "Topic", "Appeal", "Count")
MORE = ("Campaign", "Series", "Boilerplate", "Template", "Edition", "Act", "User", "Group")
#: How many of the row there is room for, in the longest of the languages.
ON_PHONE, ON_NARROW = 2, 5


@register.simple_tag
def sections_of(available_apps: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return what a person may see of Django's list, as `row` and `more`.

    One of the row says where it is folded away below "More": with `fold` "phone", "narrow" or "".
    A model that is registered and named in neither list comes last of all.
    """
    models = [model for app in available_apps for model in app["models"] if model["admin_url"]]
    row = sorted((one for one in models if one["object_name"] in ROW), key=_place)
    more = sorted((one for one in models if one["object_name"] not in ROW), key=_place)
    return {"row": [{**one, "fold": _fold(place)} for place, one in enumerate(row)], "more": more}


def _fold(place: int) -> str:
    if place < ON_PHONE:
        return ""
    return "phone" if place < ON_NARROW else "narrow"


def _place(model: dict[str, Any]) -> int:
    known = ROW + MORE
    name = model["object_name"]
    return known.index(name) if name in known else len(known)

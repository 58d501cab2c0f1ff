"""What pages show of appeals: which, where their buttons lead, where one stands in the text."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from donations.choice import appeal_on, appeals_for
from donations.destination import destination, target_of
from donations.models import Appeal, Placement
from releases.models import Edition, Topic


def on_release(edition: Edition, at: datetime, topics: Iterable[Topic]) -> dict[str, Any]:
    """Return what a release page shows: an appeal at its end, one inside, or neither.

    The links name the release where it is public; what waits for its moment is named to nobody.
    """
    found = appeals_for(edition, at, topics)
    slug = edition.present.slug if edition.present else ""
    inside = found.get(Placement.INSIDE)
    return {
        **shown(found.get(Placement.END), at, slug),
        "inside": shown(inside, at, slug),
        "inside_after": inside.after_paragraph if inside else 0,
    }


def on_topic(topic: Topic, at: datetime, language: str) -> dict[str, Any]:
    """Return what the page of a topic shows."""
    return shown(appeal_on(topic, at, language), at)


def shown(appeal: Appeal | None, at: datetime, slug: str = "") -> dict[str, Any]:
    """Return an appeal as templates/donations/appeal.html shows it; {} of none."""
    if appeal is None:
        return {}
    return {"appeal": appeal, "appeal_href": button_address(appeal, at, slug)}


def button_address(appeal: Appeal, at: datetime, slug: str = "") -> str:
    """Return where the button leads: to the way out, or straight there where nothing is counted.

    In the language that is active; `slug` is the last part of the address of a public release.
    """
    if not settings.COUNT_DONATIONS:
        return destination(target_of(appeal), at, slug)
    way_out = reverse("donations:way_out", args=[appeal.name])
    return f"{way_out}?{urlencode({'from': slug})}" if slug else way_out

"""What pages show of appeals: which, where their buttons lead, where one stands in the text."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from donations.choice import appeal_on, chosen, fitting
from donations.destination import destination, target_of
from donations.models import Appeal, Placement
from releases.models import Edition, Topic


def on_release(edition: Edition, at: datetime, topics: Sequence[int]) -> partial[dict[str, Any]]:
    """Return what makes what a release page shows: an appeal at its end, one inside, or neither.

    `topics` are keys. The links name the release where it is public; what waits for its moment is
    named to nobody.
    """
    slug = edition.present.slug if edition.present else ""
    return partial(told_by, fitting(edition, at, topics), edition.release_id or 0, slug)


def told_by(running: Sequence[Appeal], release: int, slug: str) -> dict[str, Any]:
    """Return what the page of a release (its key) shows of the appeals that run and fit."""
    found = chosen(running, f"release {release}")
    inside = found.get(Placement.INSIDE)
    return {
        **shown(found.get(Placement.END), slug),
        "inside": shown(inside, slug),
        "inside_after": inside.after_paragraph if inside else 0,
    }


def on_topic(topic: Topic, at: datetime, language: str) -> dict[str, Any]:
    """Return what the page of a topic shows."""
    return shown(appeal_on(topic, at, language))


def shown(appeal: Appeal | None, slug: str = "") -> dict[str, Any]:
    """Return an appeal that runs as templates/donations/appeal.html shows it; {} of none."""
    if appeal is None:
        return {}
    return {"appeal": appeal, "appeal_href": button_address(appeal, slug)}


def button_address(appeal: Appeal, slug: str = "", *, ended: bool = False) -> str:
    """Return where the button leads: to the way out, or straight there where nothing is counted.

    In the language that is active; `slug` is the last part of the address of a public release.
    """
    if not settings.COUNT_DONATIONS:
        return destination(target_of(appeal), slug, ended=ended)
    way_out = reverse("donations:way_out", args=[appeal.name])
    return f"{way_out}?{urlencode({'from': slug})}" if slug else way_out

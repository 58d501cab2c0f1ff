"""`{% appeal_for edition %}`: the appeal that fits a release page, or nothing."""

from typing import Any

from django import template
from django.utils import timezone

from donations.choice import appeal_for as chosen
from releases.models import Edition

register = template.Library()


@register.inclusion_tag("donations/appeal.html")
def appeal_for(edition: Edition) -> dict[str, Any]:
    """Show the appeal for `edition`, its link naming the release."""
    appeal = chosen(edition, timezone.now())
    return {"appeal": appeal, "href": appeal.href(edition.slug) if appeal else ""}

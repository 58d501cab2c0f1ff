"""`{% appeal_for edition %}`: the appeal that fits a release page, or nothing."""

from typing import Any

from django import template
from django.template import Context

from donations.choice import appeal_for as chosen
from releases.models import Edition
from releases.newsroom.context import moment

register = template.Library()


@register.inclusion_tag("donations/appeal.html", takes_context=True)
def appeal_for(context: Context, edition: Edition) -> dict[str, Any]:
    """Show the appeal for `edition`, its link naming the release."""
    appeal = chosen(edition, moment(context["request"]), context["topics"])
    return {"appeal": appeal, "href": appeal.href(edition.slug) if appeal else ""}

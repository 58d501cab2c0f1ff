"""Campaigns, appeals, and what is counted of them; each model has a file of its own."""

from donations.models.appeal import (
    MOST_WEIGHT,
    Appeal,
    AppealQuerySet,
    Placement,
    next_transition,
)
from donations.models.campaign import Campaign
from donations.models.count import Count
from donations.models.link_check import LinkCheck, Verdict

__all__ = [
    "MOST_WEIGHT",
    "Appeal",
    "AppealQuerySet",
    "Campaign",
    "Count",
    "LinkCheck",
    "Placement",
    "Verdict",
    "next_transition",
]

"""Appeals, and what is counted of them; each model has a file of its own."""

from donations.models.appeal import Appeal, AppealQuerySet, next_transition
from donations.models.count import Count, Placement
from donations.models.link_check import LinkCheck, Verdict

__all__ = [
    "Appeal",
    "AppealQuerySet",
    "Count",
    "LinkCheck",
    "Placement",
    "Verdict",
    "next_transition",
]

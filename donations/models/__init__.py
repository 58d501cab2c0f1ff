"""Appeals, and what is counted of them; each model has a file of its own."""

from donations.models.appeal import Appeal, AppealQuerySet, next_transition
from donations.models.count import Count, Placement

__all__ = ["Appeal", "AppealQuerySet", "Count", "Placement", "next_transition"]

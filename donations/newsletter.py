"""An appeal as a newsletter carries it: plain text and HTML, ready to be copied."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from donations.destination import target_of
from donations.models import Appeal
from donations.shown import button_address
from releases import timekeeping


@dataclass(frozen=True)
class Newsletter:
    """Both forms of one appeal."""

    plain: str
    html: str


def newsletter(request: HttpRequest, appeal: Appeal) -> Newsletter:
    """Return both, each with the whole address of the way out in the appeal's language."""
    with translation.override(appeal.language):
        ended = target_of(appeal).has_ended(timekeeping.now())
        address = request.build_absolute_uri(button_address(appeal, ended=ended))
    plain = f"{appeal.heading}\n\n{appeal.text}\n\n{appeal.button}: {address}\n"
    context = {"appeal": appeal, "address": address}
    # An ordinary string: what is shown to be copied is escaped like any text.
    return Newsletter(plain, render_to_string("donations/newsletter.html", context)[:])

"""Which edition an address is about, and the answer where there is none to show.

Every address of a release goes through `addressed()`: the page, the list of editions, each edition,
what changed between two, and whatever stands below the same slug later.

| what the address belongs to, at this moment | answer |
|---|---|
| nothing that has begun: a draft, an edition to come, nobody | 404 |
| a release with editions, but not one of this number | 404 |
| a release of which no edition is public any more | 410, the reason, what takes its place |
| a release that has moved: another slug, another language | 301 to the same thing, where it is |
| a release that is public, here | what the caller shows |

The first row that fits counts. Everything follows from the editions begun by the moment: a new
address begins with the edition that carries it, in the same second the former one begins to lead
there, and all former ones lead straight to the public edition's. So there are no chains, no loops,
and nothing leads to what is not public. A query is dropped on the way: no page below a release but
the list of editions asks for one, and that one asks anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation

from releases.models import Edition
from releases.newsroom import queries
from releases.newsroom.context import language, moment
from releases.newsroom.parts import page


@dataclass(frozen=True)
class Addressed:
    """A public release that an address is about: its public edition, and all that have begun."""

    at: datetime
    current: Edition
    begun: Sequence[Edition]

    def edition(self, number: int) -> Edition:
        """Return the edition with this number; `addressed()` has seen that it is there."""
        return next(one for one in self.begun if one.number == number)


def withdrawn(request: HttpRequest, last: Edition, at: datetime) -> HttpResponse:
    """Say that a release is gone (RFC 9110, section 15.5.11), why, and what there is instead."""
    withdrawal = getattr(last, "withdrawal", None)
    successor = withdrawal.replaced_by_id if withdrawal else None
    instead = Edition.objects.public(at).filter(release=successor).first() if successor else None
    context = {"edition": last, "withdrawal": withdrawal, "instead": instead}
    return page(request, "newsroom/withdrawn.html", context, status=410)


def addressed(
    request: HttpRequest,
    name: str,
    slug: str,
    *,
    gone: Callable[[HttpRequest, Edition, datetime], HttpResponse] = withdrawn,
    **places: int | str,
) -> Addressed | HttpResponse:
    """Return the release that the address `name` is about, or the answer that is due instead.

    `places` are those of the address beside the slug; a number is that of an edition. `gone` says
    that a release was withdrawn, given its last edition. Raises Http404 where nothing is there, or
    nothing yet.
    """
    at = moment(request)
    begun = queries.begun_of_address(at, language(), slug)
    numbers = {place for place in places.values() if isinstance(place, int)}
    if not begun or not numbers <= {one.number for one in begun}:
        raise Http404
    current = next((one for one in begun if one.is_public(at)), None)
    if current is None:
        return gone(request, begun[0], at)
    if (current.language, current.slug) != (language(), slug):
        with translation.override(current.language):
            target = reverse(name, kwargs={"slug": current.slug, **places})
        return HttpResponsePermanentRedirect(target)
    for one in begun:
        one.present = current
    return Addressed(at, current, begun)

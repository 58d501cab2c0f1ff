"""The list of all releases, and what narrows it: topic, kind and year, by the address alone."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from releases.models import Edition, Topic
from releases.models.edition import EditionQuerySet
from releases.models.text import KICKERS, Kind
from releases.newsroom import paging, queries
from releases.newsroom.context import language, moment
from releases.newsroom.months import months, years
from releases.newsroom.parts import page

ON_TOPIC = "here_"


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to: '' where it is not. As text, the way the address has it."""

    topic: str = ""
    kind: str = ""
    year: str = ""

    def __bool__(self) -> bool:
        return bool(self.topic or self.kind or self.year)

    @property
    def query(self) -> dict[str, str]:
        """What the address has to ask for."""
        return {name: value for name, value in vars(self).items() if value}


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """All releases, newest first, or those that the address asks for."""
    asked, now = asked_for(request), moment(request)
    topics = queries.by_name(queries.topics(now, language()))
    about = next((one for one in topics if one.slug == asked.topic), None)
    if asked.topic and about is None:
        return _moved(now, asked)
    found = narrowed(now, asked, about)
    shown = paging.page(request, found, ON_TOPIC if about else "", asked.query)
    context = {
        "asked": asked,
        "narrowed": bool(asked),
        "about": about,
        "topics": topics,
        "kind_name": str(KICKERS.get(asked.kind, "")),
        "kinds": [(value, str(label)) for value, label in Kind.choices],
        "years": [str(year.number) for year in years(months(request))],
        **vars(shown),
    }
    return page(request, "newsroom/releases.html", context)


def asked_for(request: HttpRequest) -> Asked:
    """Read what the address narrows the list to; raises Http404 for a kind or year that is none."""
    asked = Asked(**{name: request.GET.get(name, "") for name in ("topic", "kind", "year")})
    kind, year = asked.kind in ("", *Kind.values), asked.year
    if not kind or (year and not (len(year) == 4 and year.isascii() and year.isdigit())):
        raise Http404
    if year and not date.min.year < int(year) < date.max.year:
        raise Http404
    return asked


def narrowed(at: datetime, asked: Asked, about: Topic | None) -> EditionQuerySet:
    """Return the public editions asked for, newest first; each combination walks an index."""
    public = Edition.objects.public(at)
    if about:
        found = public.about(about, language(), asked.kind)
    else:
        kind = {"kind": asked.kind} if asked.kind else {}
        found = public.filter(language=language(), **kind).newest_first()
    if asked.year:
        year = int(asked.year)
        link = ON_TOPIC if about else ""
        found = found.of_days(date(year, 1, 1), date(year + 1, 1, 1), link)
    return queries.for_list(found)


def _moved(at: datetime, asked: Asked) -> HttpResponse:
    """Lead from a topic's former address to its present one; raises Http404 without a topic."""
    topic = queries.by_former_address(queries.topics(at, language()), asked.topic)
    if topic is None:
        raise Http404
    query = urlencode({**asked.query, "topic": topic.slug})
    return HttpResponsePermanentRedirect(f"{reverse('newsroom:releases')}?{query}")

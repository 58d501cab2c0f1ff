"""An appeal that is still being typed, on the page that it is for. Nothing is stored or counted.

Here and not with the appeals, which do not know the desk: the page is the newsroom's own.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from cepr_press.middleware import NEWSROOM_POLICY
from donations.destination import destination, target_of
from donations.models import Appeal, Campaign, Placement
from releases import timekeeping
from releases.models import Edition, Topic
from releases.newsroom import queries
from releases.newsroom.addressed import Addressed
from releases.newsroom.embargo import CLOSED
from releases.newsroom.figures import interrupted
from releases.newsroom.release_page import answered, told_by
from releases.newsroom.views import topic_context

# The frame stands in a page of the desk.
POLICY = NEWSROOM_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
TYPED = ("heading", "text", "button", "url", "fallback_url", "name")


#: The frame runs no script: what asks for one is left out of its page.
STILL = {"cite_url": "", "counts_views": False}


@require_POST
@permission_required("donations.change_appeal", raise_exception=True)
@xframe_options_sameorigin
def preview_appeal(request: HttpRequest) -> HttpResponse:
    """Show the typed appeal on a public release or topic, or as a newsletter carries it."""
    appeal, now = _typed(request), timekeeping.now()
    with translation.override(appeal.language):
        template, context = _page(request, appeal, now)
        response = render(request, template, context)
    for name, value in {**CLOSED, "Content-Security-Policy": POLICY}.items():
        response.headers[name] = value
    return response


def _typed(request: HttpRequest) -> Appeal:
    """Return an appeal that is not stored, of what can be shown of the form."""
    texts = {name: request.POST.get(name, "").strip() for name in TYPED}
    appeal = Appeal(**texts, campaign=Campaign(slug="preview"))
    if request.POST.get("language") in dict(settings.LANGUAGES):
        appeal.language = request.POST["language"]
    if request.POST.get("placement") in Placement.values:
        appeal.placement = request.POST["placement"]
    after = request.POST.get("after_paragraph", "")
    appeal.after_paragraph = int(after) if after.isdecimal() and len(after) < 4 else 1
    return appeal


def _page(request: HttpRequest, appeal: Appeal, now: datetime) -> tuple[str, dict[str, Any]]:
    """Return the template that shows the appeal, and what that needs."""
    address = destination(target_of(appeal), ended=False) or "#"
    shown = {"appeal": appeal, "appeal_href": address}
    edition = _edition(request, appeal, now)
    if appeal.placement == Placement.MAIL or edition is None:
        return "preview/appeal.html", shown
    if appeal.placement == Placement.TOPIC:
        topic = Topic.objects.filter(pk__in=_keys(request, "topics")).first()
        topic = topic or queries.topics_of(edition.pk)[0]
        return "newsroom/topic.html", {**topic_context(request, topic, now), **STILL, **shown}
    found = queries.begun_of_address(now, edition.language, edition.slug)
    current = next(one for one in found if one == edition)
    context = told_by(answered(request, current, now, Addressed(now, current, found)))
    if appeal.placement == Placement.END:
        return "newsroom/release.html", {**context, **STILL, **shown}
    pieces = [one for one in context["pieces"] if not one.aside]
    pieces = interrupted(pieces, appeal.after_paragraph)
    return "newsroom/release.html", {**context, **STILL, "inside": shown, "pieces": pieces}


def _edition(request: HttpRequest, appeal: Appeal, now: datetime) -> Edition | None:
    """Return a public edition: of a release chosen, of a topic chosen, the newest."""
    public = Edition.objects.public(now).filter(language=appeal.language).newest_first()
    named = public.filter(release__in=_keys(request, "releases"))
    on_topic = public.filter(topics__in=_keys(request, "topics"))
    return named.first() or on_topic.first() or public.first()


def _keys(request: HttpRequest, name: str) -> list[int]:
    return [int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 19]

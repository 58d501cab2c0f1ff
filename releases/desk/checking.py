"""The checklist as somebody types, and whether the links are alive. Nothing is stored."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from releases import links
from releases.checks import checklist
from releases.checks.addresses import hrefs
from releases.desk.access import release_for
from releases.desk.typed import typed


@require_POST
@never_cache
@permission_required("releases.change_release", raise_exception=True)
def check(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The checklist of what the form holds now, as a piece of a page."""
    release = release_for(request, pk) if pk else None
    context = {"checklist": checklist(release, typed(request.POST, release))}
    return render(request, "admin/releases/release/_missing.html", context)


@require_POST
@never_cache
@permission_required("releases.change_release", raise_exception=True)
def check_links(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Ask the sites that the text links to whether the pages are there."""
    release = release_for(request, pk) if pk else None
    body = typed(request.POST, release).body
    context = {"answers": links.check(hrefs(body)), "most": links.MOST}
    return render(request, "admin/releases/release/_links.html", context)

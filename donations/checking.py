"""The check of donation pages at the desk: its state in the list and the form, a page that asks."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from donations.link_check import check, is_broken, last_check
from donations.models import Appeal
from releases.desk.state import local

#: How many former states a page shows.
FORMER = 20


class ChecksPages(admin.ModelAdmin):  # type: ignore[type-arg]
    """What the list and the form of appeals know of their pages."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page that asks."""
        ask = self.admin_site.admin_view(check_page)
        own = path("<int:pk>/check/", ask, name="donations_appeal_check")
        return [own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch the checks along, for the list."""
        return super().get_queryset(request).prefetch_related("link_checks")

    @admin.display(description=gettext_lazy("page there?"))
    def page_state(self, appeal: Appeal) -> str:
        """Say what the last check of the page came to, and lead to the next one."""
        if appeal.pk is None:
            return _("not checked yet")
        page = reverse("admin:donations_appeal_check", args=[appeal.pk])
        return format_html('<a href="{}">{}</a>', page, said(appeal))


def said(appeal: Appeal) -> str:
    """Return in words what is known of an appeal's page."""
    found = last_check(appeal)
    return f"{found.words} · {local(found.checked_at)}" if found else _("not checked yet")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("donations.change_appeal", raise_exception=True)
def check_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the checks of an appeal's page came to; posted to, ask the page now."""
    appeal = get_object_or_404(Appeal, pk=pk)
    if request.method == "POST":
        [found] = check([appeal])
        tell = messages.warning if found.verdict != "alive" else messages.success
        tell(request, _("The donation page: %(words)s.") % {"words": found.words})
        return HttpResponseRedirect(request.path)
    context = {
        **admin.site.each_context(request),
        "title": _("Check the donation page"),
        "appeal": appeal,
        "opts": Appeal._meta,
        "broken": is_broken(appeal),
        "checks": [(one, local(one.since), local(one.checked_at)) for one in _former(appeal)],
    }
    return render(request, "admin/donations/check.html", context)


def _former(appeal: Appeal) -> list[Any]:
    return list(appeal.link_checks.all()[:FORMER])

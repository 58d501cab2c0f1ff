"""The frame of the pages about accounts."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def page(
    request: HttpRequest,
    name: str,
    title: str,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show templates/accounts/`name`.html in the desk's frame."""
    shown = {**admin.site.each_context(request), "title": title, **(context or {})}
    return render(request, f"accounts/{name}.html", shown, status=status)


def onward(request: HttpRequest) -> str:
    """Return where to go after signing in: what was asked for, if it is ours, or the front page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else reverse("admin:index")


def with_next(name: str, onward: str) -> str:
    """Return the address called `name`, which remembers where to go afterwards."""
    return f"{reverse(name)}?{urlencode({'next': onward})}"

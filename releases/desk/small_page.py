"""The frame of the desk's small pages: a word on what will happen, a form, a button."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from releases import timekeeping
from releases.desk.state import describe
from releases.models import Release


def small_page(
    request: HttpRequest,
    name: str,
    release: Release | None,
    form: Any,
    title: str,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show one of the desk's small pages, in the admin's frame."""
    context = {
        **admin.site.each_context(request),
        "title": title,
        "release": release,
        "form": form,
        "opts": Release._meta,
        "newsroom": describe(list(release.editions.all()), timekeeping.now()) if release else "",
        **(extra or {}),
    }
    return render(request, f"admin/releases/release/{name}.html", context)

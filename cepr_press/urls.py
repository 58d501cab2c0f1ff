"""The root of all addresses."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("desk/", admin.site.urls),
    path("embargo/", include("releases.newsroom.embargo_urls")),
    path("media/", include("releases.newsroom.media_urls")),
    *i18n_patterns(path("", include("releases.newsroom.urls")), prefix_default_language=False),
]

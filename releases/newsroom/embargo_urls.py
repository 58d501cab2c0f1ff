"""Share links: outside the languages, since each is shown in its release's own."""

from django.urls import path

from releases.newsroom import embargo
from releases.newsroom.suffixes import SUFFIX

app_name = "embargo"
urlpatterns = [
    path("<slug:secret>/", embargo.embargo, name="open"),
    path("<slug:secret>/files/<slug:key>/<str:name>", embargo.document, name="document"),
    path(f"<slug:secret>/release.{SUFFIX}", embargo.download, name="download"),
    path("<slug:secret>/<slug:key>", embargo.picture, name="picture"),
    path("<slug:secret>/<slug:key>/<int:width>/<str:name>", embargo.rendition, name="rendition"),
]

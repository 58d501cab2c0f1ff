"""Share links: outside the languages, since each is shown in its release's own."""

from django.urls import path

from releases.newsroom import embargo

app_name = "embargo"
urlpatterns = [
    path("<slug:secret>/", embargo.embargo, name="open"),
    path("<slug:secret>/files/<slug:key>/<str:name>", embargo.document, name="document"),
    path("<slug:secret>/<slug:key>", embargo.picture, name="picture"),
    path("<slug:secret>/<slug:key>/<int:width>/<str:name>", embargo.rendition, name="rendition"),
]

"""Share links: outside the languages, since each is shown in its release's own."""

from django.urls import path

from releases.newsroom import embargo

app_name = "embargo"
urlpatterns = [
    path("<str:secret>/", embargo.embargo, name="open"),
    path("<str:secret>/<str:key>", embargo.picture, name="picture"),
]

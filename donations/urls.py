"""The addresses of the way out; the other languages' stand below /es/ and /pt-br/."""

from django.urls import path

from donations import seeing, views

app_name = "donations"
urlpatterns = [
    path("<slug:name>/", views.way_out, name="way_out"),
    path("<slug:name>/seen/", seeing.seen, name="seen"),
]

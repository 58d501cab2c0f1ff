"""Files: one address each, the same in every language."""

from django.urls import path

from releases.newsroom import views

app_name = "media"
urlpatterns = [
    path("files/<slug:key>/<str:name>", views.document, name="document"),
    path("<slug:key>/<str:name>", views.picture, name="picture"),
    path("<slug:key>/<int:width>/<str:name>", views.rendition, name="rendition"),
]

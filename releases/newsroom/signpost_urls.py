"""What stands at the root of the host, the same in every language."""

from django.urls import path

from releases.newsroom import embedding, signposts

app_name = "signposts"
urlpatterns = [
    path("robots.txt", signposts.robots, name="robots"),
    path("oembed", embedding.oembed, name="oembed"),
    path(".well-known/security.txt", signposts.security, name="security"),
]

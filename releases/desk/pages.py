"""The desk's own pages below /desk/releases/release/: address, view, name (releases_release_…)."""

from collections.abc import Callable

from django.http.response import HttpResponseBase

from releases.desk import checking, comments, people, share, views

PAGES: tuple[tuple[str, Callable[..., HttpResponseBase], str], ...] = (
    ("import/", views.import_release, "import"),
    ("restricted/", people.restricted, "restricted"),
    ("check/", checking.check, "check_new"),
    ("<int:pk>/check/", checking.check, "check"),
    ("links/", checking.check_links, "links_new"),
    ("<int:pk>/links/", checking.check_links, "links"),
    ("<int:pk>/submit/", views.submit, "submit"),
    ("<int:pk>/approve/", views.approve, "approve"),
    ("<int:pk>/send-back/", views.send_back, "send_back"),
    ("<int:pk>/publish/", views.publish, "publish"),
    ("<int:pk>/publish-urgently/", views.publish_urgently, "publish_urgently"),
    ("<int:pk>/take-back/", views.take_back, "take_back"),
    ("<int:pk>/withdraw/", views.withdraw, "withdraw"),
    ("<int:pk>/comments/", comments.comment, "comment"),
    ("<int:pk>/share/", share.share, "share"),
    ("<int:pk>/people/", people.people, "people"),
    ("pictures/<str:key>/", views.picture, "picture"),
)

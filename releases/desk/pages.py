"""The desk's own pages below /desk/releases/release/: address, view, name (releases_release_…)."""

from collections.abc import Callable

from django.http.response import HttpResponseBase

from releases.desk import (
    autosave,
    checking,
    comments,
    files,
    finding,
    history,
    importing,
    moving,
    people,
    pictures,
    share,
    translating,
    views,
)

PAGES: tuple[tuple[str, Callable[..., HttpResponseBase], str], ...] = (
    ("import/", importing.import_release, "import"),
    ("restricted/", people.restricted, "restricted"),
    ("check/", checking.check, "check_new"),
    ("<int:pk>/check/", checking.check, "check"),
    ("links/", checking.check_links, "links_new"),
    ("<int:pk>/links/", checking.check_links, "links"),
    ("<int:pk>/duplicate/", views.duplicate, "duplicate"),
    ("<int:pk>/translate/", translating.translate, "translate"),
    ("<int:pk>/link/", translating.link, "link"),
    ("<int:pk>/catch-up/", translating.catch_up, "catch_up"),
    ("<int:pk>/submit/", views.submit, "submit"),
    ("<int:pk>/approve/", views.approve, "approve"),
    ("<int:pk>/send-back/", views.send_back, "send_back"),
    ("<int:pk>/publish/", views.publish, "publish"),
    ("<int:pk>/publish-urgently/", views.publish_urgently, "publish_urgently"),
    ("<int:pk>/take-back/", views.take_back, "take_back"),
    ("<int:pk>/move/", moving.move, "move"),
    ("<int:pk>/withdraw/", views.withdraw, "withdraw"),
    ("<int:pk>/editions/<int:number>/note/", views.mend_note, "mend_note"),
    ("<int:pk>/comments/", comments.comment, "comment"),
    ("<int:pk>/share/", share.share, "share"),
    ("unsaved/", autosave.unsaved, "unsaved_new"),
    ("<int:pk>/unsaved/", autosave.unsaved, "unsaved"),
    ("<int:pk>/revisions/", history.history, "revisions"),
    ("<int:pk>/revisions/<int:number>/", history.revision, "revision"),
    ("<int:pk>/revisions/<int:number>/restore/", history.restore, "restore"),
    ("<int:pk>/revisions/<int:older>/<int:newer>/", history.differences, "differences"),
    ("<int:pk>/editions/<int:number>/unpublished/", history.unpublished, "unpublished"),
    ("<int:pk>/pin/", finding.pin, "pin"),
    ("<int:pk>/unpin/", finding.unpin, "unpin"),
    ("<int:pk>/series/", finding.place, "place"),
    ("<int:pk>/people/", people.people, "people"),
    ("pictures/<str:key>/", pictures.picture, "picture"),
    ("pictures/<str:key>/small/", pictures.small, "small"),
    ("pictures/<str:key>/<int:width>/<str:name>", pictures.rendition, "rendition"),
    ("files/", files.files, "files"),
    ("files/<str:key>/", pictures.document, "document"),
)
#: Those that a script asks: who is signed out is told so as data, not sent to sign in.
DATA: tuple[tuple[str, Callable[..., HttpResponseBase], str], ...] = (
    ("autosave/", autosave.autosave, "autosave_new"),
    ("<int:pk>/autosave/", autosave.autosave, "autosave"),
    ("<int:pk>/here/", autosave.here, "here"),
    ("pictures/", pictures.upload, "upload_new"),
    ("<int:pk>/pictures/", pictures.upload, "upload"),
)

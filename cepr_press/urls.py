"""The root of all addresses."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.i18n import set_language

from cepr_press.another_moment import another_moment, choose
from cepr_press.appeal_preview import preview_appeal
from cepr_press.find import find
from cepr_press.news import news
from cepr_press.on_site import on_site
from cepr_press.preview import preview
from cepr_press.status import front_page
from cepr_press.who_did_what import who_did_what
from releases.desk.session import session

staff = admin.site.admin_view

urlpatterns = [
    path("desk/at/", staff(choose), name="choose_moment"),
    re_path(
        r"^desk/at/(?P<moment>[^/]+)/(?P<path>.*)$", staff(another_moment), name="another_moment"
    ),
    path("desk/", staff(front_page), name="desk"),
    path("desk/find/", staff(find), name="find"),
    path("desk/who-did-what/", staff(who_did_what), name="who_did_what"),
    path("desk/news/", staff(news), name="news"),
    path("desk/session/", session, name="desk_session"),
    path("desk/", include("accounts.urls")),
    path("desk/language/", set_language, name="set_language"),
    path("desk/releases/release/preview/", staff(preview), name="preview_new_release"),
    path("desk/releases/release/<int:pk>/preview/", staff(preview), name="preview_release"),
    path("desk/donations/appeal/preview/", staff(preview_appeal), name="preview_appeal"),
    path("desk/r/<path:content_type_id>/<path:object_id>/", staff(on_site), name="view_on_site"),
    path("desk/", admin.site.urls),
    path("embargo/", include("releases.newsroom.embargo_urls")),
    path("media/", include("releases.newsroom.media_urls")),
    path("", include("releases.newsroom.signpost_urls")),
    *i18n_patterns(
        path("donate/", include("donations.urls")),
        path("", include("releases.newsroom.urls")),
        prefix_default_language=False,
    ),
]

handler500 = "cepr_press.unavailable.broken"

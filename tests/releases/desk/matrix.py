"""The table of who may go where at the desk: one row for each address. A new one fails without.

To add an address, say who may use it and what kind it is; and whether it hangs on a release, which
then is looked for only among those that this person may see.
"""

from dataclasses import dataclass
from functools import partial

ALL = frozenset({"writer", "editor", "publisher", "administrator"})
REVIEW = ALL - {"writer"}
PUBLISH = frozenset({"publisher", "administrator"})
ADMIN = frozenset({"administrator"})
NOBODY: frozenset[str] = frozenset()
#: Those without a role, too: all who have an account at the desk.
STAFF = ALL | {""}


@dataclass(frozen=True)
class Row:
    """An address: who may look at it, who may post to it (None: the same), which ways it has."""

    may: frozenset[str]
    post: frozenset[str] | None = None
    ways: tuple[str, ...] = ("GET", "POST")
    hangs: bool = False

    def allows(self, role: str, way: str) -> bool:
        return role in (self.may if way == "GET" or self.post is None else self.post)


#: A page that is looked at, and whose form is posted back to it.
page = Row
#: What only shows.
look = partial(Row, ways=("GET",))
#: What is posted to: an act, or a question that holds what a form does.
act = partial(Row, ways=("POST",))
of_release = partial(Row, hangs=True)
look_at_release = partial(Row, ways=("GET",), hangs=True)
act_on_release = partial(Row, ways=("POST",), hangs=True)

ROWS = {
    # The desk itself
    "desk": page(STAFF),
    "admin:index": page(STAFF),
    "admin:app_list": page(ALL),
    "find": look(STAFF),
    "news": look(STAFF),
    "who_did_what": look(ADMIN),
    "choose_moment": look(ALL),
    "another_moment": look(ALL),
    "view_on_site": look(STAFF),
    "admin:autocomplete": look(ALL),
    # Releases
    "admin:releases_release_changelist": page(ALL),
    "admin:releases_release_add": page(ALL),
    "admin:releases_release_import": page(ALL),
    "admin:releases_release_restricted": page(ADMIN),
    "admin:releases_release_files": look(ALL),
    "admin:releases_release_check_new": act(ALL),
    "admin:releases_release_links_new": act(ALL),
    "admin:releases_release_autosave_new": act(ALL),
    "admin:releases_release_unsaved_new": page(ALL),
    "preview_new_release": act(ALL),
    # One release
    "admin:releases_release_change": of_release(ALL),
    "admin:releases_release_history": look_at_release(ALL),
    "admin:releases_release_delete": of_release(NOBODY),
    "admin:releases_release_revisions": look_at_release(ALL),
    "admin:releases_release_revision": look_at_release(ALL),
    "admin:releases_release_differences": look_at_release(ALL),
    "admin:releases_release_unpublished": look_at_release(ALL),
    "admin:releases_release_restore": of_release(ALL),
    "admin:releases_release_unsaved": of_release(ALL),
    "admin:releases_release_people": of_release(ALL),
    "admin:releases_release_link": of_release(ALL),
    "admin:releases_release_pin": of_release(PUBLISH),
    "admin:releases_release_place": of_release(REVIEW),
    "admin:releases_release_send_back": of_release(REVIEW),
    "admin:releases_release_publish": of_release(PUBLISH),
    "admin:releases_release_publish_urgently": of_release(PUBLISH),
    "admin:releases_release_move": of_release(PUBLISH),
    "admin:releases_release_mend_note": of_release(PUBLISH),
    "admin:releases_release_withdraw": of_release(PUBLISH),
    "admin:releases_release_share": of_release(PUBLISH),
    "admin:releases_release_duplicate": act_on_release(ALL),
    "admin:releases_release_translate": act_on_release(ALL),
    "admin:releases_release_catch_up": act_on_release(ALL),
    "admin:releases_release_submit": act_on_release(ALL),
    "admin:releases_release_approve": act_on_release(REVIEW),
    "admin:releases_release_unpin": act_on_release(PUBLISH),
    "admin:releases_release_take_back": act_on_release(PUBLISH),
    "admin:releases_release_comment": act_on_release(ALL),
    "admin:releases_release_autosave": act_on_release(ALL),
    "admin:releases_release_here": act_on_release(ALL),
    "admin:releases_release_check": act_on_release(ALL),
    "admin:releases_release_links": act_on_release(ALL),
    "preview_release": act_on_release(ALL),
    "admin:releases_release_picture": look_at_release(ALL),
    "admin:releases_release_rendition": look_at_release(ALL),
    "admin:releases_release_small": look_at_release(ALL),
    "admin:releases_release_upload": act_on_release(ALL),
    "admin:releases_release_upload_new": act(ALL),
    "admin:releases_release_document": look_at_release(ALL),
    # Its editions, and the log
    "admin:releases_edition_changelist": page(REVIEW),
    "admin:releases_edition_add": page(NOBODY),
    "admin:releases_edition_change": of_release(REVIEW, NOBODY),
    "admin:releases_edition_history": of_release(REVIEW),
    "admin:releases_edition_delete": of_release(NOBODY),
    "admin:releases_act_changelist": page(REVIEW),
    "admin:releases_act_add": page(NOBODY),
    "admin:releases_act_change": of_release(REVIEW, NOBODY),
    "admin:releases_act_history": of_release(REVIEW),
    "admin:releases_act_delete": of_release(NOBODY),
    # What is everybody's
    "admin:releases_topic_changelist": page(ALL),
    "admin:releases_topic_add": page(REVIEW),
    "admin:releases_topic_change": page(ALL, REVIEW),
    "admin:releases_topic_history": page(ALL),
    "admin:releases_topic_delete": page(ADMIN),
    "admin:releases_series_changelist": page(ALL),
    "admin:releases_series_add": page(REVIEW),
    "admin:releases_series_change": page(ALL, REVIEW),
    "admin:releases_series_history": page(ALL),
    "admin:releases_series_delete": page(ADMIN),
    "admin:releases_event_changelist": page(ALL),
    "admin:releases_event_add": page(ALL),
    "admin:releases_event_change": page(ALL),
    "admin:releases_event_history": page(ALL),
    "admin:releases_event_delete": page(NOBODY),
    "admin:releases_boilerplate_changelist": page(ALL),
    "admin:releases_boilerplate_add": page(REVIEW),
    "admin:releases_boilerplate_change": page(ALL, REVIEW),
    "admin:releases_boilerplate_history": page(ALL),
    "admin:releases_boilerplate_delete": page(ADMIN),
    "admin:releases_template_changelist": page(ALL),
    "admin:releases_template_add": page(REVIEW),
    "admin:releases_template_change": page(ALL, REVIEW),
    "admin:releases_template_history": page(ALL),
    "admin:releases_template_delete": page(ADMIN),
    "admin:contacts_contact_changelist": page(ALL),
    "admin:contacts_contact_add": page(ALL),
    "admin:contacts_contact_change": page(ALL),
    "admin:contacts_contact_history": page(ALL),
    "admin:contacts_contact_delete": page(ADMIN),
    "admin:contacts_duty_changelist": page(ALL),
    "admin:contacts_duty_add": page(REVIEW),
    "admin:contacts_duty_change": page(ALL, REVIEW),
    "admin:contacts_duty_history": page(ALL),
    "admin:contacts_duty_delete": page(REVIEW),
    "admin:donations_campaign_changelist": page(ALL),
    "admin:donations_campaign_add": page(PUBLISH),
    "admin:donations_campaign_change": page(ALL, PUBLISH),
    "admin:donations_campaign_history": page(ALL),
    "admin:donations_campaign_delete": page(ADMIN),
    "preview_appeal": act(PUBLISH),
    "admin:donations_appeal_changelist": page(ALL),
    "admin:donations_appeal_add": page(PUBLISH),
    "admin:donations_appeal_change": page(ALL, PUBLISH),
    "admin:donations_appeal_history": page(ALL),
    "admin:donations_appeal_delete": page(ADMIN),
    "admin:donations_appeal_check": page(PUBLISH),
    "admin:donations_count_changelist": look(REVIEW),
    "admin:donations_count_compare": look(REVIEW),
    "admin:donations_count_sheet": look(REVIEW),
    # Accounts
    "admin:auth_user_changelist": page(ADMIN),
    "admin:auth_user_add": page(ADMIN),
    "admin:auth_user_change": page(ADMIN),
    "admin:auth_user_history": page(ADMIN),
    "admin:auth_user_delete": page(NOBODY),
    "admin:auth_user_password_change": page(ADMIN),
    "admin:auth_user_invite": act(ADMIN),
    "admin:auth_user_reset_factor": act(ADMIN),
    "admin:auth_user_sign_out": act(ADMIN),
    "admin:auth_group_changelist": page(ADMIN),
    "admin:auth_group_add": page(NOBODY),
    "admin:auth_group_change": page(ADMIN, NOBODY),
    "admin:auth_group_history": page(ADMIN),
    "admin:auth_group_delete": page(NOBODY),
}

#: Django's own addresses, which show and change nothing but the caller's own account or language.
OWN_ACCOUNT = {
    "admin:login", "admin:logout", "admin:password_change", "admin:password_change_done",
    "admin:jsi18n", "set_language", "desk_session",
    # tests/accounts
    "sign_in", "second_step", "invitation", "admin_password_reset", "password_reset_done",
    "password_reset_confirm", "password_reset_complete", "change_password", "account",
    "set_up_factor", "turn_off_factor", "new_recovery_codes", "end_sessions", "end_session",
}  # fmt: skip
#: Addresses that another one stands before or that lead on, and so are asked for under its name.
LEAD_ON = {
    "admin:view_on_site": "view_on_site stands before it",
    "admin:django.views.generic.base.RedirectView": "leads to a row's own page",
    "admin:django.contrib.admin.sites.AdminSite.catch_all_view": "leads to the same with a slash",
}

#: What posts to a release and need not say which version of it was seen, and why.
NO_VERSION = {
    "admin:releases_release_comment": "a comment changes neither text, stage nor version",
    "admin:releases_release_share": "a link is for an edition, which never changes",
    "admin:releases_release_autosave": "the person's own slot; restoring it compares the version",
    "admin:releases_release_upload": "a picture that hangs on nothing until the form is saved",
    "admin:releases_release_here": "who has the form open; the answer tells of newer versions",
    "admin:releases_release_unsaved": "discards the person's own slot",
    "admin:releases_release_check": "stores nothing",
    "admin:releases_release_links": "stores nothing",
    "preview_release": "stores nothing",
}

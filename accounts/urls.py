"""Addresses of accounts, below the desk's own. Those before `own` are open to strangers."""

from django.contrib import admin
from django.urls import path

from accounts.views import door, factor, invitation, own, passwords

staff = admin.site.admin_view

urlpatterns = [
    path("login/", door.sign_in, name="sign_in"),
    path("login/code/", door.second_step, name="second_step"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    # Django's own name for it: its page for signing in offers the link where this is known.
    path("password-reset/", passwords.AskForReset.as_view(), name="admin_password_reset"),
    path("password-reset/sent/", passwords.asked, name="password_reset_done"),
    path("password-reset/done/", passwords.stored, name="password_reset_complete"),
    path(
        "password-reset/<uidb64>/<token>/",
        passwords.Reset.as_view(),
        name="password_reset_confirm",
    ),
    path("password_change/", staff(passwords.ChangePassword.as_view()), name="change_password"),
    path("account/", staff(own.account), name="account"),
    path("account/second-factor/", staff(factor.set_up), name="set_up_factor"),
    path("account/second-factor/off/", staff(factor.turn_off), name="turn_off_factor"),
    path("account/second-factor/codes/", staff(factor.new_codes), name="new_recovery_codes"),
    path("account/sessions/end/", staff(own.end_sessions), name="end_sessions"),
    path("account/sessions/<str:reference>/end/", staff(own.end_session), name="end_session"),
]

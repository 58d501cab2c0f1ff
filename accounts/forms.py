"""What people type about their own accounts."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import factor, guessing, log, mail
from accounts.models import Kind

ONE_TIME = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
PASSWORD = {"autocomplete": "current-password"}


class SignInForm(AdminAuthenticationForm):
    """Name and password. Whether a name is known is told by neither words, queries nor time."""

    def clean(self) -> dict[str, Any]:
        """Count the attempt, look whether it is right; what is wrong is noted."""
        request = cast(HttpRequest, self.request)
        name = self.cleaned_data.get("username", "")
        counted = guessing.counters(request, "password", name)
        wait = guessing.begin(counted)
        if wait:
            raise ValidationError(guessing.sentence(wait), code="wait")
        try:
            cleaned = super().clean()
        except ValidationError:
            whom = User.objects.filter(username=name).first()
            log.note(Kind.WRONG_PASSWORD, None, whom, log.place(request))
            raise
        guessing.forgive(counted)
        return cleaned


class CodeForm(forms.Form):
    """The second step: a code of the app, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs=ONE_TIME),
        help_text=gettext_lazy("The six digits that your app shows, or a recovery code."),
    )


class OwnPasswordForm(forms.Form):
    """A form that asks for one's own password, so that an open desk alone is not enough."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs=PASSWORD),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user = cast(User, request.user)

    def clean_password(self) -> str:
        """Look whether it is right; guesses are counted as they are at the door."""
        counted = guessing.counters(self.request, "password", self.user.get_username())
        wait = guessing.begin(counted)
        if wait:
            raise ValidationError(guessing.sentence(wait))
        password = str(self.cleaned_data["password"])
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your password."))
        guessing.forgive(counted)
        return password


class SetUpForm(OwnPasswordForm):
    """The first code of an app, which shows that it has the key."""

    code = forms.CharField(
        label=gettext_lazy("Code that the app shows"),
        max_length=12,
        widget=forms.TextInput(attrs={**ONE_TIME, "inputmode": "numeric"}),
    )
    field_order = ["code", "password"]

    def __init__(self, request: HttpRequest, secret: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.secret = secret

    def clean_code(self) -> int:
        """Return the time step of the code."""
        step = factor.step_of(self.secret, self.cleaned_data["code"], 0)
        if step is None:
            raise ValidationError(
                _("This code is not right. Wait for the next one; is your phone’s clock right?")
            )
        return step


class PasswordAndCodeForm(OwnPasswordForm):
    """What changes the second factor asks for both."""

    code = CodeForm.base_fields["code"]

    def clean(self) -> dict[str, Any]:
        """Take the code, once, where the password is right."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        counted = guessing.counters(self.request, "code", self.user.get_username())
        wait = guessing.begin(counted)
        if wait:
            raise ValidationError(guessing.sentence(wait))
        code = cleaned["code"]
        taken = factor.takes_code(self.user, code) or factor.takes_recovery_code(self.user, code)
        if not taken:
            self.add_error("code", _("This code is not right, or was used before."))
            return cleaned
        guessing.forgive(counted)
        return cleaned


class ResetForm(PasswordResetForm):
    """Where to send a link to a new password; whether somebody is known there is not told."""

    def get_users(self, email: str) -> Any:
        """Return who may have a link: staff who may sign in and have a password already.

        One query, whoever is known. The address is compared again by Python: what a database takes
        for equal letters may be another's mailbox.
        """
        found = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)
        return [
            one
            for one in found.select_related("account")
            if one.email.casefold() == email.casefold() and one.has_usable_password()
        ]


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new account: no password, since the person chooses one by the link in the mail."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=())

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "groups"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["language"]).choices = settings.LANGUAGES
        for name in ("email", "groups"):
            if name in self.fields:
                self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """Refuse where no mail can be sent: nobody else may choose the password."""
        if not mail.is_set_up():
            raise ValidationError(
                _("No invitation can be sent: no mail is set up (PRESS_MAIL_URL).")
            )
        return super().clean() or {}

    def clean_email(self) -> str:
        """Refuse an address that another account has: a link to a new password goes there."""
        email = str(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Another account has this mail address."))
        return email

    def save(self, commit: bool = True) -> User:
        """Make the account, which nobody can sign in to before the link was used."""
        self.instance.set_unusable_password()
        self.instance.is_staff = True
        return cast(User, super().save(commit))

"""The forms of what can be done to a release: send back, publish, withdraw, share, import."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases import workflow
from releases.models import Edition, Release, ShareLink
from releases.models.edition import Reason
from releases.models.withdrawal import WithdrawalReason


class SendBackForm(forms.Form):
    """Why a release goes back to its writer."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("What is to be changed?"), widget=forms.Textarea(attrs={"rows": 4})
    )


class RestoreForm(forms.Form):
    """Why an earlier text comes back, if there is something to say."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Colleagues read it in the history; may be left empty."),
    )


class PublishForm(forms.Form):
    """When a release becomes public, and why if it replaces an edition."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[("now", gettext_lazy("Now")), ("later", gettext_lazy("At a time"))],
        initial="now",
        widget=forms.RadioSelect,
    )
    at = forms.SplitDateTimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": gettext_lazy("Date")},  # type: ignore[dict-item]
            time_attrs={"type": "time", "aria-label": gettext_lazy("Time")},  # type: ignore[dict-item]
            time_format="%H:%M",
        ),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why the text changes"),
        choices=[choice for choice in Reason.choices if choice[0] != Reason.FIRST],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Public note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers see it with its date. A typing error needs none."),
    )

    def __init__(self, *args: Any, former: Edition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = _("In the press office’s own time: %(zone)s.") % {
            "zone": timezone.get_default_timezone_name()
        }
        if former is None:
            del self.fields["reason"], self.fields["note"]

    def clean(self) -> dict[str, Any]:
        """Ask for a time to come, and for the note that a change of substance owes readers."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("when") == "later" and "at" not in self.errors:
            if not cleaned.get("at"):
                self.add_error("at", _("Give a date and a time."))
            elif cleaned["at"] <= timezone.now():
                self.add_error("at", _("This time has passed. Publish now, or give a later one."))
        silent = cleaned.get("reason") in (None, Reason.TYPO)
        if "note" in self.fields and not silent and not cleaned.get("note"):
            self.add_error("note", _("Write the public note that tells readers what changed."))
        return cleaned

    def publish(self, release: Release, by: User) -> Edition:
        """Publish as the form says. Raises workflow.Refused."""
        cleaned = self.cleaned_data
        at: datetime | None = cleaned["at"] if cleaned["when"] == "later" else None
        return workflow.publish(
            release.pk,
            by,
            cleaned["seen"],
            at,
            reason=cleaned.get("reason") or Reason.FIRST,
            note=cleaned.get("note", ""),
        )


class UrgentForm(PublishForm):
    """The same for a text that nobody has approved: and why it can't wait."""

    why = forms.CharField(
        label=gettext_lazy("Why it can’t wait for a second person"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Colleagues read it in the log."),
    )

    def publish(self, release: Release, by: User) -> Edition:
        """Publish as the form says. Raises workflow.Refused."""
        cleaned = self.cleaned_data
        at: datetime | None = cleaned["at"] if cleaned["when"] == "later" else None
        return workflow.publish_urgently(
            release.pk,
            by,
            cleaned["seen"],
            cleaned["why"],
            at,
            reason=cleaned.get("reason") or Reason.FIRST,
            note=cleaned.get("note", ""),
        )


class WithdrawForm(forms.Form):
    """Why a release is withdrawn, as readers will read it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=WithdrawalReason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("Public explanation"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two sentences; may be left empty."),
    )
    replaced_by = forms.CharField(
        label=gettext_lazy("Replaced by"),
        required=False,
        help_text=gettext_lazy("The address of the public release that takes its place."),
    )

    def clean_replaced_by(self) -> Release | None:
        """Return the public release at the address or slug that was given, or None."""
        slug = self.cleaned_data["replaced_by"].strip().rstrip("/").rsplit("/", 1)[-1]
        if not slug:
            return None
        found = Edition.objects.public(timezone.now()).filter(slug=slug).first()
        if found is None:
            raise forms.ValidationError(_("No public release has this address."))
        return found.release

    def clean(self) -> dict[str, Any]:
        """Ask which release takes the place, where one is said to."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        superseded = cleaned.get("reason") == WithdrawalReason.SUPERSEDED
        if superseded and not cleaned.get("replaced_by") and "replaced_by" not in self.errors:
            self.add_error("replaced_by", _("Say which release takes its place."))
        return cleaned


class ShareForm(forms.ModelForm):  # type: ignore[type-arg]
    """For whom a share link is, and how long it opens."""

    class Meta:
        model = ShareLink
        fields = ["name", "outlet", "email", "expires_at"]
        widgets = {"expires_at": forms.DateTimeInput(attrs={"type": "datetime-local"})}
        help_texts = {"expires_at": gettext_lazy("Left empty, it opens until it is revoked.")}


class ImportForm(forms.Form):
    """A release as a text file."""

    file = forms.FileField(
        label=gettext_lazy("Text file"),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
        help_text=gettext_lazy("A .txt file, as mailed or copied from a web page."),
    )

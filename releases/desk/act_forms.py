"""The forms of what can be done to a release: send back, publish, move, withdraw, share."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases import timekeeping, workflow
from releases.desk.moments import MomentField
from releases.models import Edition, Release, ShareLink
from releases.models.edition import Reason
from releases.models.withdrawal import WithdrawalReason
from releases.rules import KEEP, TAKE_BACK


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
    at = MomentField(label=gettext_lazy("Time"), required=False)
    waiting = forms.ChoiceField(
        label=gettext_lazy("What becomes of the scheduled edition"),
        required=False,
        widget=forms.RadioSelect,
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

    def __init__(
        self, *args: Any, former: Edition | None, waiting: Edition | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if former is None:
            del self.fields["reason"], self.fields["note"]
        if waiting is None:
            del self.fields["waiting"]
            return
        del self.fields["when"], self.fields["at"]
        choices = [(TAKE_BACK, _("Take it back"))]
        if waiting.number > 1:
            choices.append((KEEP, _("Keep it: it then replaces this one at its moment")))
        self.fields["waiting"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a time to come, and for the note that a change of substance owes readers."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("when") == "later":
            demand_time_to_come(self)
        elif cleaned.get("when") == "now":
            # Whatever stands in the field for another time.
            self.errors.pop("at", None)
        if "waiting" in self.fields and not cleaned.get("waiting") and "waiting" not in self.errors:
            self.add_error("waiting", _("Say what becomes of the edition that waits."))
        silent = cleaned.get("reason") in (None, Reason.TYPO)
        if "note" in self.fields and not silent and not cleaned.get("note"):
            self.add_error("note", _("Write the public note that tells readers what changed."))
        return cleaned

    def wish(self) -> dict[str, Any]:
        """Return what the form says of the publication, in the workflow's words."""
        cleaned = self.cleaned_data
        return {
            "at": cleaned["at"] if cleaned.get("when") == "later" else None,
            "reason": cleaned.get("reason") or Reason.FIRST,
            "note": cleaned.get("note", ""),
            "waiting": cleaned.get("waiting", ""),
        }

    def publish(self, release: Release, by: User) -> Edition:
        """Publish as the form says. Raises workflow.Refused."""
        return workflow.publish(release.pk, by, self.cleaned_data["seen"], **self.wish())


class UrgentForm(PublishForm):
    """The same for a text that nobody has approved: and why it can't wait."""

    why = forms.CharField(
        label=gettext_lazy("Why it can’t wait for a second person"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Colleagues read it in the log."),
    )

    def publish(self, release: Release, by: User) -> Edition:
        """Publish as the form says. Raises workflow.Refused."""
        seen, why = self.cleaned_data["seen"], self.cleaned_data["why"]
        return workflow.publish_urgently(release.pk, by, seen, why, **self.wish())


class MoveForm(forms.Form):
    """To which moment a scheduled edition moves, or that it is public now; and why."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    when = forms.ChoiceField(
        label=gettext_lazy("From when it is public"),
        choices=[
            ("later", gettext_lazy("At another time")),
            ("now", gettext_lazy("Now: lift the embargo")),
        ],
        initial="later",
        widget=forms.RadioSelect,
    )
    at = MomentField(
        label=gettext_lazy("Time"),
        required=False,
        help_text=gettext_lazy(
            "The text stays as it is. The date printed on it moves too, where it is the old day’s."
        ),
    )
    why = forms.CharField(
        label=gettext_lazy("Why the moment changes"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Colleagues read it in the log."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a time to come, unless the embargo is lifted."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("when") == "later":
            demand_time_to_come(self)
        else:
            self.errors.pop("at", None)
        return cleaned

    def move(self, release: Release, by: User) -> Edition:
        """Move or lift as the form says. Raises workflow.Refused."""
        cleaned = self.cleaned_data
        if cleaned["when"] == "now":
            return workflow.lift(release.pk, by, cleaned["seen"], cleaned["why"])
        return workflow.move(release.pk, by, cleaned["seen"], cleaned["at"], cleaned["why"])


def demand_time_to_come(form: forms.Form) -> None:
    """Add an error to the form's field `at` unless it holds a moment to come."""
    at = form.cleaned_data.get("at")
    if "at" in form.errors:
        return
    if not at:
        form.add_error("at", _("Give a date and a time."))
    elif at <= timekeeping.now():
        passed = _("This time has passed: give a later one, or choose “Now”.")
        form.add_error("at", [passed, *filter(None, [timekeeping.told()])])


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
        """Return the public release at the address or slug, a former one too, or None."""
        slug = self.cleaned_data["replaced_by"].strip().rstrip("/").rsplit("/", 1)[-1]
        if not slug:
            return None
        known = Edition.objects.public(timekeeping.now()).filter(release__addresses__slug=slug)
        found = known.first()
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


class NoteForm(forms.Form):
    """What readers are told about an edition."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Public note"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("It keeps the edition’s date. The log keeps what it said before."),
    )


class ShareForm(forms.ModelForm):  # type: ignore[type-arg]
    """For whom a share link is, and how long it opens."""

    expires_at = MomentField(
        label=gettext_lazy("Expires"),
        required=False,
        help_text=gettext_lazy("Left empty, it opens until it is revoked."),
    )

    class Meta:
        model = ShareLink
        fields = ["name", "outlet", "email", "expires_at"]

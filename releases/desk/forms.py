"""The desk's forms. What leaves them is the domain's own value."""

from datetime import datetime
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files.fields import PictureUploadField
from releases import workflow
from releases.checks import Problem
from releases.content import TEXT_FIELDS, Content, Figure
from releases.html import clean_source
from releases.models import Edition, Release, ReleaseContact, ReleaseFigure, ShareLink
from releases.models.edition import Reason
from releases.models.withdrawal import WithdrawalReason


class RichTextField(forms.CharField):
    """Rich text: the one place that names the editor. It is given, and gives, clean text only."""

    widget = CKEditorWidget

    def prepare_value(self, value: Any) -> Any:
        """Return what the editor is to show, cleaned again on its way in."""
        return clean_source(value) if value else value

    def to_python(self, value: Any) -> str:
        """Return the cleaned text: whatever an editor submits is not to be trusted."""
        return clean_source(super().to_python(value) or "")


class ReleaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """A release, top to bottom. It always saves; what is missing is told, not refused."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    body = RichTextField(label=gettext_lazy("Text"), required=False)

    class Meta:
        model = Release
        fields = [*TEXT_FIELDS, "topics"]
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2}),
            "subhead": forms.Textarea(attrs={"rows": 2}),
            "summary": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["seen"].initial = self.instance.version
        if self.instance.pk and self.instance.addresses.exists():
            for name in ("slug", "language"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Fixed since the first publication.")

    def show(self, problems: list[Problem]) -> None:
        """Say beside each field what is still missing there."""
        for problem in problems:
            if field := self.fields.get(problem.field):
                field.help_text = format_html(
                    '<strong class="problem">{}</strong> {}', problem.message, field.help_text
                )

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite what somebody else has saved since this form was opened."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk:
            present = workflow.locked_version(self.instance.pk)
            if present != cleaned.get("seen"):
                raise forms.ValidationError(workflow.changed_meanwhile(self.instance.pk))
        return cleaned


class ContactInlineForm(forms.ModelForm):  # type: ignore[type-arg]
    """A media contact's place on a release."""

    class Meta:
        model = ReleaseContact
        fields = ["contact", "position"]


class FigureInlineForm(forms.ModelForm):  # type: ignore[type-arg]
    """A picture on a release: uploaded through the gate, with its words."""

    upload = PictureUploadField(label=gettext_lazy("Picture"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    class Meta:
        model = ReleaseFigure
        fields = ["alt", "caption", "credit", "position"]
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 2}),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the picture where there is none yet."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            not self.instance.picture_id
            and not cleaned.get("upload")
            and "upload" not in self.errors
        ):
            self.add_error("upload", _("Choose a picture."))
        return cleaned

    def figure(self) -> Figure:
        """Store an uploaded picture; return the figure. A missing credit comes from the file."""
        upload = self.cleaned_data.get("upload")
        picture = upload.store() if upload else self.instance.picture
        words = {name: self.cleaned_data[name] for name in ("alt", "caption", "credit")}
        return Figure(picture.pk, **{**words, "credit": words["credit"] or picture.credit})


def content_of(form: ReleaseForm, contacts: Any, figures: Any) -> Content:
    """Return what a valid form and its two formsets say, in the order of their positions."""
    chosen = [row.cleaned_data for row in _filled(contacts)]
    people = sorted(chosen, key=lambda row: row["position"])
    return Content(
        **{name: form.cleaned_data[name] for name in TEXT_FIELDS},
        topics=tuple(topic.pk for topic in form.cleaned_data["topics"]),
        contacts=tuple(dict.fromkeys(row["contact"].pk for row in people)),
        figures=tuple(
            row.figure()
            for row in sorted(_filled(figures), key=lambda row: row.cleaned_data["position"])
        ),
    )


def _filled(formset: Any) -> list[Any]:
    """Return the rows of a formset that say something and are not marked for removal."""
    return [
        row
        for row in formset.forms
        if row.cleaned_data
        and not row.cleaned_data.get("DELETE")
        and (row.instance.pk or row.has_changed())
    ]


class SendBackForm(forms.Form):
    """Why a release goes back to its writer."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("What is to be changed?"), widget=forms.Textarea(attrs={"rows": 4})
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

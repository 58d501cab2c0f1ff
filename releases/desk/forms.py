"""The desk's forms. What leaves them is the domain's own value."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files.fields import PictureUploadField
from releases import workflow
from releases.checks import Problem
from releases.content import TEXT_FIELDS, Content, Figure
from releases.desk.writing import SWITCH, RichTextField
from releases.models import Release, ReleaseContact, ReleaseFigure


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

    def is_valid(self) -> bool:
        """Return whether it is to be saved: not when it is only to be shown another way."""
        return SWITCH not in self.data and super().is_valid()

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

"""The desk's forms. What leaves them is the domain's own value."""

from dataclasses import fields
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import moves
from files.fields import DocumentUploadField, PictureUploadField
from files.models import Document, Picture
from releases import workflow
from releases.checks import Problem
from releases.content import TEXT_FIELDS, Attachment, Content, Figure
from releases.desk.writing import STYLE, SWITCH, RichTextField
from releases.models import Release, ReleaseAttachment, ReleaseContact, ReleaseFigure, Topic

FIGURE_FIELDS = tuple(one.name for one in fields(Figure) if one.name != "picture")
FOCUS = ("focus_x", "focus_y")


class ToldField(forms.IntegerField):
    """A number that the form carries along, and nobody types."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """No: it is no change of the release."""
        return False


class ReleaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """A release, top to bottom. It always saves; what is missing is told, not refused."""

    #: What the form is to hold without storing it (releases.desk.unsaved); None: what is stored.
    shown: QueryDict | None = None

    # The version and the revision that the form was made of.
    seen = ToldField(required=False)
    base = ToldField(required=False)
    body = RichTextField(label=gettext_lazy("Text"), required=False)

    class Meta:
        model = Release
        fields = [*TEXT_FIELDS, "topics"]
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2}),
            "subhead": forms.Textarea(attrs={"rows": 2}),
            "summary": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data = self.shown if data is None else data
        super().__init__(data, *args, **{"label_suffix": "", **kwargs})
        self.fields["seen"].initial = self.instance.version
        if not self.is_bound:
            self.fields["base"].initial = workflow.last_revision(self.instance)
        if self.instance.pk and self.instance.addresses.exists():
            self.fields["slug"].help_text = _(
                "A new address counts from the next edition on; the former one leads there for "
                "ever. Left empty, it stays as it is."
            )

    def is_valid(self) -> bool:
        """Return whether it is to be saved: not when it is only to be shown again."""
        return not {SWITCH, STYLE} & self.data.keys() and super().is_valid()

    def show(self, problems: list[Problem]) -> None:
        """Say beside each field what is still missing there."""
        for problem in problems:
            if field := self.fields.get(problem.field):
                field.help_text = format_html(
                    '<strong class="problem">{}</strong> {}', problem.message, field.help_text
                )


class Rows(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """What hangs on a release. Saving may have replaced a row since the form was opened: then
    what it says counts all the same."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Let a row name the stored one that it was read from, without asking for it."""
        super().add_fields(form, index)
        form.fields["id"] = ToldField(required=False, initial=form.fields["id"].initial)


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]
    """A topic; an address that leads to another one is not given to it."""

    class Meta:
        model = Topic
        fields = ["name_en", "name_es", "name_pt_br", "slug", "description"]
        help_texts = {"slug": moves.HINT}

    def clean_slug(self) -> str:
        """Refuse an address that leads to another topic."""
        return moves.check_slug(Topic, self.cleaned_data["slug"], self.instance)


class ContactInlineForm(forms.ModelForm):  # type: ignore[type-arg]
    """A media contact's place on a release."""

    class Meta:
        model = ReleaseContact
        fields = ["contact", "position"]

    def _post_clean(self) -> None:
        """Leave the stored rows out of it: what is chosen is written anew, by its key."""


class FigureInlineForm(forms.ModelForm):  # type: ignore[type-arg]
    """A picture on a release: uploaded through the gate, with its words."""

    upload = PictureUploadField(label=gettext_lazy("Picture"), required=False)
    # The key of the stored picture: it finds it again when the row itself has been replaced.
    kept = forms.SlugField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name in FOCUS:
            self.fields[name].required = False
        if self.instance.picture_id:
            self.fields["kept"].initial = self.instance.picture.key

    class Meta:
        model = ReleaseFigure
        fields = [*FIGURE_FIELDS, "position"]
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 2}),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the picture where there is none yet."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        key = cleaned.get("kept")
        if key and not self.instance.picture_id:
            self.instance.picture = Picture.objects.filter(key=key).first()
        if (
            not self.instance.picture_id
            and not cleaned.get("upload")
            and "upload" not in self.errors
        ):
            self.add_error("upload", _("Choose a picture."))
        return cleaned

    def figure(self) -> Figure:
        """Store an uploaded picture; return the figure.

        A missing credit comes from the file; so does, with a new one, what is said of rights.
        """
        upload = self.cleaned_data.get("upload")
        picture = upload.store() if upload else self.instance.picture
        said = {name: self.cleaned_data[name] for name in FIGURE_FIELDS}
        said["credit"] = said["credit"] or picture.credit
        if upload:
            said["rights"] = said["rights"] or picture.copyright_notice
        for name in FOCUS:
            said[name] = 50 if said[name] is None else said[name]
        return Figure(picture.pk, **said)


class AttachmentInlineForm(forms.ModelForm):  # type: ignore[type-arg]
    """A document on a release: uploaded through its gate, with its title."""

    upload = DocumentUploadField(label=gettext_lazy("File"), required=False)
    # The key of the stored document: it finds it again when the row itself has been replaced.
    kept = forms.SlugField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        if self.instance.document_id:
            self.fields["kept"].initial = self.instance.document.key

    class Meta:
        model = ReleaseAttachment
        fields = ["title", "position"]

    def clean(self) -> dict[str, Any]:
        """Ask for the file where there is none yet."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        key = cleaned.get("kept")
        if key and not self.instance.document_id:
            self.instance.document = Document.objects.filter(key=key).first()
        there = self.instance.document_id or cleaned.get("upload")
        if not there and "upload" not in self.errors:
            self.add_error("upload", _("Choose a file."))
        return cleaned

    def attachment(self) -> Attachment:
        """Store an uploaded document; return the attachment."""
        upload = self.cleaned_data.get("upload")
        document = upload.store() if upload else self.instance.document
        return Attachment(document.pk, self.cleaned_data["title"])


def content_of(form: ReleaseForm, contacts: Any, figures: Any, attachments: Any) -> Content:
    """Return what a valid form and its three formsets say, in the order of their positions."""
    chosen = [row.cleaned_data for row in _filled(contacts)]
    people = sorted(chosen, key=lambda row: row["position"])
    return Content(
        **{name: form.cleaned_data[name] for name in TEXT_FIELDS},
        topics=tuple(topic.pk for topic in form.cleaned_data["topics"]),
        contacts=tuple(dict.fromkeys(row["contact"].pk for row in people)),
        figures=tuple(row.figure() for row in _in_order(figures)),
        attachments=tuple(row.attachment() for row in _in_order(attachments)),
    )


def _in_order(formset: Any) -> list[Any]:
    return sorted(_filled(formset), key=lambda row: row.cleaned_data["position"])


def _filled(formset: Any) -> list[Any]:
    """Return the rows of a formset that say something and are not marked for removal."""
    return [
        row
        for row in formset.forms
        if row.cleaned_data
        and not row.cleaned_data.get("DELETE")
        and (row.instance.pk or row.has_changed())
    ]

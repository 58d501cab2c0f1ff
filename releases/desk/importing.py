"""Import a release from a file: the page that takes it, and the one that asks about its changes.

The file is kept nowhere in between: who decides on changes chooses it once more, and its digest
says whether it is still the same. So an import that is broken off leaves nothing behind.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from files.leftovers import none_left
from releases.desk.small_page import small_page
from releases.importers import Change, ImportedText, ImportRefused
from releases.importers.draft import bring_in
from releases.importers.files import read_file
from releases.importers.package import MAX_PACKAGE

ACCEPT, REJECT, EACH = "accept", "reject", "each"
VERDICTS = ((ACCEPT, gettext_lazy("Accept")), (REJECT, gettext_lazy("Reject")))


class ImportForm(forms.Form):
    """A release as a file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".docx,.html,.htm,.txt"}),
        help_text=gettext_lazy(
            "A Word file (.docx, 25 MB at most), a web page (.html) or plain text (.txt)."
        ),
    )

    def clean_file(self) -> tuple[str, bytes]:
        """Return the file's name and content; none that is larger than any importer takes."""
        upload = self.cleaned_data["file"]
        upload.seek(0)  # both forms read it
        if upload.size > MAX_PACKAGE:
            raise forms.ValidationError(_("This file is larger than 25 MB."))
        return str(upload.name), upload.read()


class ChangesForm(ImportForm):
    """The same file once more, and what becomes of its tracked changes."""

    of = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=gettext_lazy("What is to be done with them?"),
        widget=forms.RadioSelect,
        choices=(
            (ACCEPT, gettext_lazy("Accept all: the text as it was changed")),
            (REJECT, gettext_lazy("Reject all: the text as it was before")),
            (EACH, gettext_lazy("Each as I say below")),
        ),
    )
    field_order = ("answer", "file", "of")

    def __init__(self, *args: Any, changes: Sequence[Change], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes = changes
        self.fields["file"].label = _("The same file again")
        self.fields["file"].help_text = _("Nothing of it has been kept until you decide.")
        for change in changes:
            self.fields[f"change-{change.key}"] = forms.ChoiceField(
                choices=VERDICTS, widget=forms.RadioSelect, required=False
            )

    def rows(self) -> list[tuple[Change, forms.BoundField]]:
        """Each change with its two buttons."""
        return [(change, self[f"change-{change.key}"]) for change in self.changes]

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing where each change is decided by itself."""
        cleaned = super().clean() or {}
        open_ones = sum(not cleaned.get(f"change-{one.key}") for one in self.changes)
        if cleaned.get("answer") == EACH and open_ones:
            said = ngettext(
                "%(n)d change is not decided yet.", "%(n)d changes are not decided yet.", open_ones
            )
            self.add_error("answer", said % {"n": open_ones})
        return cleaned

    def accepted(self) -> dict[str, bool]:
        """Return each change's answer by its key."""
        told, answer = self.cleaned_data, self.cleaned_data["answer"]
        return {
            one.key: (told[f"change-{one.key}"] if answer == EACH else answer) == ACCEPT
            for one in self.changes
        }


@permission_required("releases.import_release", raise_exception=True)
def import_release(request: HttpRequest) -> HttpResponse:
    """Make a draft of a file; tracked changes are asked about before."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, data = form.cleaned_data["file"]
        try:
            text = read_file(data)
            if text.changes:
                return _ask(request, name, data, text.changes)
        except ImportRefused as refused:
            form.add_error("file", str(refused))
        else:
            return _brought_in(request, name, text)
    if request.method == "POST" and "of" in request.POST:
        form.add_error(None, _("Your answers are not stored. Choose the file and decide again."))
    return small_page(request, "import", None, form, _("Import a release"))


def _ask(request: HttpRequest, name: str, data: bytes, changes: tuple[Change, ...]) -> HttpResponse:
    """Show the tracked changes, or do as the person said about them."""
    digest = sha256(data).hexdigest()
    asked = request.POST.get("of")
    if asked == digest:
        form = ChangesForm(request.POST, request.FILES, changes=changes)
        if form.is_valid():
            return _brought_in(request, name, read_file(data, form.accepted()))
    else:
        form = ChangesForm(initial={"of": digest}, changes=changes)
    context = {"name": name, "another": asked not in (None, digest)}
    return small_page(request, "import_changes", None, form, _("Import a release"), context)


def _brought_in(request: HttpRequest, name: str, text: ImportedText) -> HttpResponse:
    """Make the draft and show it."""
    with none_left():
        release = bring_in(text, request.user, name)  # type: ignore[arg-type]
    said = _("Imported as a draft, in house style. Look it through.")
    if release.comments.exists():
        told = _("A comment beside it says what is not in it.")
        said = format_html('{} <a href="#comments">{}</a>', said, told)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:releases_release_change", args=[release.pk]))

"""The desk's door for comments on a release: posted to from the margin of its form."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from releases import commenting
from releases.desk.access import release_for
from releases.desk.small_page import small_page
from releases.models import Comment, Release


class CommentForm(forms.ModelForm):  # type: ignore[type-arg]
    """What to say, and about which words."""

    class Meta:
        model = Comment
        fields = ["quote", "text"]
        labels = {"text": gettext_lazy("Your comment")}
        widgets = {"quote": forms.TextInput, "text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, form: str = "", **kwargs: Any) -> None:
        """With `form`, the fields belong to the form of that id, wherever they stand."""
        super().__init__(*args, **{"label_suffix": "", "auto_id": "comment_%s", **kwargs})
        if form:
            for field in self.fields.values():
                field.widget.attrs["form"] = form


@require_POST
@permission_required("releases.change_release", raise_exception=True)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a comment, or settle the one that the button names; lead back to the margin."""
    release = release_for(request, pk)
    key = request.POST.get("settle", "")
    if key:
        one = int(key) if key.isdecimal() and len(key) < 10 else 0
        if commenting.settle(release, request.user, one):  # type: ignore[arg-type]
            messages.success(request, _("The comment is settled."))
        return _back(release)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return small_page(request, "comment", release, form, _("Add the comment"))
    commenting.add(release, request.user, **form.cleaned_data)  # type: ignore[arg-type]
    messages.success(request, _("Your comment stands beside the text."))
    return _back(release)


def _back(release: Release) -> HttpResponse:
    """Lead to the comments beside the release's form."""
    change = reverse("admin:releases_release_change", args=[release.pk])
    return HttpResponseRedirect(f"{change}#comments")

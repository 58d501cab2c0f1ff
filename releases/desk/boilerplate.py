"""The office's standing words and the templates of the kinds, each edited in one place."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases.boilerplate import links
from releases.checks.words import paragraphs, placeholder_in
from releases.desk import writing
from releases.desk.writing import SWITCH, RichTextField
from releases.models import Boilerplate, Template
from releases.models.text import Kind

BRACKETS = re.compile(r"\[[^\[\]]*\]")


class StandingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A text that stands by itself, written as this person writes."""

    body = RichTextField(label=gettext_lazy("Text"))

    def is_valid(self) -> bool:
        """Return whether it is to be saved: not when it is only to be shown again."""
        return SWITCH not in self.data and super().is_valid()


class BoilerplateForm(StandingForm):
    """Standing words in one language."""

    class Meta:
        model = Boilerplate
        fields = ["what", "language", "body"]

    def clean(self) -> dict[str, Any]:
        """Ask for links where there is to be a list of links."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        found = list(links(cleaned.get("body", "")))
        if cleaned.get("what") == Boilerplate.What.LINKS and cleaned.get("body") and not found:
            self.add_error(
                "body", _("Write each name as a link to its page: “Mastodon”, linked to https://….")
            )
        return cleaned


class TemplateForm(StandingForm):
    """What a release of a kind begins with."""

    class Meta:
        model = Template
        fields = ["kind", "language", "body"]

    def clean_body(self) -> str:
        """Refuse a placeholder that the checklist would not find: it could be published."""
        body: str = self.cleaned_data["body"]
        found = BRACKETS.findall("\n".join(paragraphs(body)))
        if lost := [one for one in found if not placeholder_in(one)]:
            raise forms.ValidationError(
                _(
                    "The checklist does not know “%(words)s” as something to be filled in. Begin "
                    "with a word that it knows: [name: …], [date], [place], [quote], [text: …]."
                ),
                params={"words": lost[0]},
            )
        return body


class StandingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A form with the editor, below it what saving means."""

    change_form_template = "admin/releases/standing_form.html"
    list_filter = ["language"]
    means: str | Promise = ""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Let the form show its text as this person writes."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        writing.plain_or_rich(form, request)
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say what saving means, and remember how this person writes."""
        context["means"] = self.means
        response = super().render_change_form(request, context, *args, **kwargs)
        writing.remember(request, response)
        return response


@admin.register(Boilerplate)
class BoilerplateAdmin(StandingAdmin):
    """What readers see on every page."""

    form = BoilerplateForm
    list_display = ["what", "language"]
    means = gettext_lazy(
        "Readers see this as soon as it is saved, on every page in its language, older releases "
        "included."
    )


@admin.register(Template)
class TemplateAdmin(StandingAdmin):
    """What a new release begins with."""

    form = TemplateForm
    list_display = ["kind", "language"]
    list_filter = ["kind", "language"]
    means = gettext_lazy(
        "New releases of this kind begin with it. What stands in brackets, as [name] or "
        "[quote: …], keeps a release from being published until it is filled in."
    )


def begun(initial: dict[str, Any]) -> dict[str, Any]:
    """Return the first values of a new release: the text of the template of its kind and language,
    where a kind was chosen."""
    kind = initial.get("kind")
    if kind not in Kind.values:
        return initial
    language = initial.get("language") or settings.LANGUAGE_CODE
    found = Template.objects.filter(kind=kind, language=language).first()
    return {**initial, "body": found.body} if found else initial


def beginnings() -> list[dict[str, Any]]:
    """Return the kinds that a new release can be of, each with its address in every language."""
    add = reverse("admin:releases_release_add")
    return [
        {
            "name": label,
            "languages": [
                {"name": name, "code": code, "address": f"{add}?kind={kind}&language={code}"}
                for code, name in settings.LANGUAGES
            ],
        }
        for kind, label in Kind.choices
    ]

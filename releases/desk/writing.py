"""Three ways to write a release's text: the rich editor, Markdown, HTML. HTML is what is stored.

The one place that names the editor. The form says beside the text which way it is written, so
that a form opened before the choice changed is understood all the same.
"""

from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from releases.html import clean_source
from releases.markdown import from_markdown, to_markdown

EDITOR, MARKDOWN, HTML = "editor", "markdown", "html"
WAYS = {EDITOR: _("Rich editor"), MARKDOWN: "Markdown", HTML: "HTML"}
#: The button that shows the form again, another way, and saves nothing.
SWITCH = "_write"
#: The button that shows it again beside what house style would change (releases.desk.house_style).
STYLE = "_style"
COOKIE = "desk_writing"


class Written(forms.Textarea):
    """A field for HTML, shown and read as one of `WAYS`."""

    way = HTML

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """Show the text as it is written this way, below the buttons that change the way."""
        shown = to_markdown(value or "") if self.way == MARKDOWN else value
        ways = {"name": name, "way": self.way, "ways": WAYS.items(), "switch": SWITCH}
        return format_html(
            "{}{}",
            render_to_string("admin/releases/release/_ways.html", ways),
            super().render(name, shown, attrs, renderer),
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what was written as HTML, whichever way the form says."""
        text = super().value_from_datadict(data, files, name)
        is_markdown = data.get(f"{name}_as") == MARKDOWN
        return from_markdown(text) if is_markdown and text else text


class RichWidget(Written, CKEditorWidget):  # type: ignore[misc]
    """The editor."""

    way = EDITOR


class MarkdownWidget(Written):
    """Markdown in a plain field."""

    way = MARKDOWN


WIDGETS: dict[str, type[Written]] = {
    EDITOR: RichWidget,
    MARKDOWN: MarkdownWidget,
    HTML: Written,
}


class RichTextField(forms.CharField):
    """Rich text. It is given, and gives, clean HTML only, whichever way it is written."""

    widget = RichWidget

    def prepare_value(self, value: Any) -> Any:
        """Return what is to be shown, cleaned again on its way in."""
        return clean_source(value) if value else value

    def to_python(self, value: Any) -> str:
        """Return the cleaned text: whatever an editor submits is not to be trusted."""
        return clean_source(super().to_python(value) or "")


def way_of(request: HttpRequest) -> str:
    """Return the way in which this person writes: as just chosen, or chosen before."""
    chosen = request.POST.get(SWITCH) or request.COOKIES.get(COOKIE, "")
    return chosen if chosen in WAYS else EDITOR


def plain_or_rich(form: type[forms.ModelForm], request: HttpRequest) -> None:  # type: ignore[type-arg]
    """Let a form's class, made for this request, show its text the way this person writes."""
    if field := form.base_fields.get("body"):
        attrs = {"rows": 24, "spellcheck": "true"}
        form.base_fields["body"] = RichTextField(
            label=field.label, required=field.required, widget=WIDGETS[way_of(request)](attrs=attrs)
        )


def switched(request: HttpRequest, context: dict[str, Any]) -> bool:
    """Return whether the form that is shown again holds what is not stored."""
    shown = [context["adminform"].form, *(one.formset for one in context["inline_admin_formsets"])]
    return request.method == "POST" and any(one.has_changed() for one in shown)


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Keep the way that was just chosen, for this person's desk and nothing else."""
    if request.POST.get(SWITCH) in WAYS:
        response.set_cookie(
            COOKIE,
            way_of(request),
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

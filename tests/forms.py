"""Read the forms of a page as a browser does, so that tests post back what was really shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client
from lxml import html

BUTTONS = ("submit", "button", "image", "reset")
#: What Django's admin calls the row that its script copies to make a new one.
TEMPLATE_ROW = "__prefix__"


@dataclass
class Form:
    """A form as it stood on a page: where it leads, its fields' values, its buttons by words."""

    address: str
    values: dict[str, Any] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add_row(self, formset: str) -> str:
        """Do what the script does for "Add another"; return the beginning of the row's names."""
        count = int(self.values[f"{formset}-TOTAL_FORMS"])
        template, row = f"{formset}-{TEMPLATE_ROW}-", f"{formset}-{count}-"
        for name in [one for one in self.values if one.startswith(template)]:
            self.values[name.replace(template, row)] = self.values[name]
        self.values[f"{formset}-TOTAL_FORMS"] = str(count + 1)
        return row

    def post(
        self, client: Client, button: str, changed: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        """Press the button with these words after changing some fields; follow to the next page.

        A field that the form doesn't have, or a button that it doesn't show, raises KeyError: a
        person could not have used it. A value None is sent as a browser sends an unchecked box.
        """
        unknown = set(changed or {}) - set(self.values)
        if unknown:
            raise KeyError(f"the form has no {unknown}; it has {', '.join(self.values)}")
        name, value = self.buttons[button]
        values = {**self.values, **(changed or {}), **({name: value} if name else {})}
        sent = {
            name: value
            for name, value in values.items()
            if value is not None and TEMPLATE_ROW not in name
        }
        return client.post(self.address, sent, follow=True)


def page_of(response: HttpResponse) -> html.HtmlElement:
    """Return a response's page as a tree."""
    return html.fromstring(response.content.decode())


def words_of(response: HttpResponse, path: str) -> list[str]:
    """Return the text of each element that the XPath finds, white space put in order."""
    return [" ".join(one.text_content().split()) for one in page_of(response).xpath(path)]


def form_in(response: HttpResponse, key: str = "") -> Form:
    """Return the form with this id; without one, the content's only form that posts."""
    page = page_of(response)
    path = f"//form[@id='{key}']" if key else "//*[@id='content']//form[@method='post']"
    [found] = page.xpath(path)
    request = response.request
    here = f"{request['PATH_INFO']}?{request['QUERY_STRING']}".rstrip("?")
    form = Form(urljoin(here, found.get("action") or here))
    inside = found.xpath(".//input | .//textarea | .//select | .//button")
    # What names another form belongs to that one, wherever it stands (WHATWG HTML, 4.10.18.3).
    named = page.xpath("//*[@form=$key]", key=found.get("id", ""))
    for element in [*(one for one in inside if one.get("form") is None), *named]:
        _read(element, form)
    return form


def _read(element: html.HtmlElement, form: Form) -> None:
    """Add what this element holds; a disabled one holds nothing (WHATWG HTML, 4.10.21.4)."""
    name, kind = element.get("name", ""), element.get("type", element.tag).lower()
    if element.tag == "button" or kind in BUTTONS:
        words = element.get("value", "") if element.tag == "input" else element.text_content()
        form.buttons[" ".join(words.split())] = (name, element.get("value", ""))
    elif not name or element.get("disabled") is not None:
        return
    elif kind in ("checkbox", "radio") and element.get("checked") is None:
        form.values.setdefault(name, None)
    else:
        form.values[name] = _value(element, kind)


def _value(element: html.HtmlElement, kind: str) -> Any:
    """Return what a browser would send for this element."""
    if element.tag == "select":
        chosen = [option.get("value", "") for option in element.xpath(".//option[@selected]")]
        first = element.xpath("string(.//option/@value)")
        return chosen if element.get("multiple") is not None else (chosen or [first])[0]
    if element.tag == "textarea":
        # The line end after the tag is not part of the text (WHATWG HTML, 13.1.2.5).
        return (element.text or "").removeprefix("\n")
    if kind == "file":
        return None
    return element.get("value", "on" if kind in ("checkbox", "radio") else "")

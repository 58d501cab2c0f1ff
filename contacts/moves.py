"""Moves of topics and contacts: a changed address leaves the former one behind, for ever."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: What the desk says beside the address of a topic or a contact.
HINT = gettext_lazy(
    "The last part of the page’s address. A new name may keep it; if you change it, the former "
    "address leads to the new one for ever."
)


@transaction.atomic
def store(row: Any) -> None:
    """Store a topic or a contact; where its slug has changed, keep the former one for it.

    A slug that it comes back to is no former one any more. Whoever keeps copies of what it said
    hears of the former row and the present one (AFTER_CHANGED_NAMES).
    """
    former = type(row).objects.filter(pk=row.pk).first()
    row.save()
    if former is None:
        return
    if former.slug != row.slug:
        row.former_addresses.filter(slug=row.slug).delete()
        row.former_addresses.create(slug=former.slug)
    for name in settings.AFTER_CHANGED_NAMES:
        import_string(name)(former, row)


def check_slug(model: type[models.Model], slug: str, row: models.Model) -> str:
    """Return `slug` if `row` may have it; raises ValidationError if it leads to another row."""
    taken = model._default_manager.filter(former_addresses__slug=slug).exclude(pk=row.pk).first()
    if taken:
        raise forms.ValidationError(
            _("This was an address of “%(name)s” and leads there; choose another.")
            % {"name": taken}
        )
    return slug

"""Autocomplete fields that hold all there is to choose, so that they work without JavaScript."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.forms.widgets import ChoiceWidget
from django.http import HttpRequest


class OneOfAll(AutocompleteSelect):
    """One row of a table; Django's own widget holds no more than the one chosen."""

    optgroups = ChoiceWidget.optgroups  # type: ignore[assignment]


class SomeOfAll(AutocompleteSelectMultiple):
    """Some rows of a table."""

    optgroups = ChoiceWidget.optgroups  # type: ignore[assignment]


class WithoutScripts:
    """For an admin: gives its autocomplete fields these widgets."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field for one row of another table."""
        return super().formfield_for_foreignkey(  # type: ignore[misc]
            db_field, request, **self._chosen(OneOfAll, db_field, request), **kwargs
        )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field for some rows of another table."""
        return super().formfield_for_manytomany(  # type: ignore[misc]
            db_field, request, **self._chosen(SomeOfAll, db_field, request), **kwargs
        )

    def _chosen(self, widget: Any, db_field: Any, request: HttpRequest) -> dict[str, Any]:
        """Return the widget for a field that completes what is typed, nothing for others."""
        completes = db_field.name in self.get_autocomplete_fields(request)  # type: ignore[attr-defined]
        return {"widget": widget(db_field, self.admin_site)} if completes else {}  # type: ignore[attr-defined]

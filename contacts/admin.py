"""Media contacts in the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts import moves
from contacts.models import SPOKEN, Contact, Duty
from files.fields import PictureUploadField
from files.leftovers import none_left


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """A contact with languages as check boxes and the photo as an upload through the gate."""

    languages = forms.MultipleChoiceField(
        label=_("languages"),
        choices=SPOKEN,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_photo = PictureUploadField(label=_("new photo"), required=False)
    remove_photo = forms.BooleanField(label=_("remove the photo"), required=False)
    #: What a photo was called that saving took away, for the log.
    removed_photo = ""

    class Meta:
        model = Contact
        fields = ["name", "slug", "role", "email", "phone", "mobile", "languages", "active"]

        help_texts = {"slug": moves.HINT}

    def clean_slug(self) -> str:
        """Refuse an address that leads to somebody else."""
        return moves.check_slug(Contact, self.cleaned_data["slug"], self.instance)

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach the person: a contact without one is no contact."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        tried = {"email", "phone", "mobile"} & set(self.errors)
        if not tried and not any(cleaned.get(way) for way in ("email", "phone", "mobile")):
            self.add_error("phone", _("Give a phone number or an e-mail address."))
        return cleaned


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of contacts and their form."""

    form = ContactForm
    list_display = ["name", "role", "phone_display", "mobile_display", "email", "active"]
    list_filter = ["active"]
    search_fields = ["name", "role", "email"]
    prepopulated_fields = {"slug": ["name"]}

    def get_fields(self, request: Any, obj: Contact | None = None) -> Any:
        """Offer to remove a photo where there is one."""
        fields = super().get_fields(request, obj)
        has_one = obj is not None and obj.photo_id is not None
        return [name for name in fields if has_one or name != "remove_photo"]

    def save_model(self, request: Any, obj: Contact, form: Any, change: bool) -> None:
        """Store the picture that came through the gate, then the contact and its move.

        A photo that is removed stays in the storage until unused files are swept.
        """
        with none_left():
            if form.cleaned_data.get("new_photo"):
                obj.photo = form.cleaned_data["new_photo"].store()
            elif form.cleaned_data.get("remove_photo"):
                form.removed_photo = str(obj.photo or "")
                obj.photo = None
            moves.store(obj)

    def construct_change_message(
        self, request: Any, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Have the log say what became of the photo, and not that a box was ticked."""
        if "remove_photo" in form.changed_data:
            form.changed_data.remove("remove_photo")
        told = super().construct_change_message(request, form, formsets, add)
        gone = {"deleted": {"name": "photo", "object": form.removed_photo}}
        return [*told, gone] if form.removed_photo else told


class DutyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A span on call, its ends by the press office's clock; an hour that is none is refused."""

    class Meta:
        model = Duty
        fields = ["contact", "language", "starts_at", "ends_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = _("By the clock of the press office, %(zone)s.") % {"zone": settings.TIME_ZONE}
        for name in {"starts_at", "ends_at"} & set(self.fields):
            self.fields[name].help_text = zone


@admin.register(Duty)
class DutyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The roster: who is on call, the latest first."""

    form = DutyForm
    list_display = ["contact", "language", "starts_at", "ends_at"]
    list_filter = ["language"]
    list_select_related = ["contact"]
    search_fields = ["contact__name"]
    # A day and a time in one field, which browsers help to fill in without a script of ours.
    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
    }

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer those who are still with the office."""
        kwargs["queryset"] = Contact.objects.filter(active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

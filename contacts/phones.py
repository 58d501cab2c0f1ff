"""Phone numbers: kept as E.164 (ITU-T), shown as readers of a language are used to."""

from functools import lru_cache

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat


def home_region() -> str:
    """Return the press office's own country (ISO 3166-1 alpha-2)."""
    return str(settings.PRESS_OFFICE["region"])


def to_e164(number: str) -> str:
    """Return `number`, written in any usual way, as E.164 (`+12025550123`).

    Without a country code it is read as one of the press office's own country. Raises
    ValidationError where it is no valid number.
    """
    try:
        parsed = phonenumbers.parse(number, home_region())
    except NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        raise ValidationError(
            _(
                "“%(number)s” is not a valid phone number. Write it with its country code, "
                "as in %(example)s."
            ),
            code="invalid_phone",
            params={"number": number, "example": "+1 202 555 0100"},
        )
    return str(phonenumbers.format_number(parsed, PhoneNumberFormat.E164))


def display(e164: str, language: str) -> str:
    """Return `e164` as readers of `language` expect it; '' stays ''.

    Readers of English at home see the national form of a home number; everybody else, and every
    number from abroad, the international form (ITU-T E.123).
    """
    if not e164:
        return ""
    region, national, international = _forms(e164)
    home = region == home_region() and language == settings.LANGUAGE_CODE
    return national if home else international


@lru_cache(maxsize=1024)
def _forms(e164: str) -> tuple[str | None, str, str]:
    """Return a number's region (ISO 3166-1 alpha-2), its national and its international form."""
    number = phonenumbers.parse(e164)
    return (
        phonenumbers.region_code_for_number(number),
        str(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)),
        str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)),
    )


class PhoneField(models.CharField):  # type: ignore[type-arg]
    """A phone number, accepted as people write it and stored as E.164."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def to_python(self, value: object) -> str:
        """Return the E.164 form of what was typed, or '' for nothing."""
        text = str(super().to_python(value) or "").strip()
        return to_e164(text) if text else ""

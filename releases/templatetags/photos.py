"""`{% photo contact "contact-photo" "3.5rem" %}`: a contact's photo, in a size that fits."""

from django import template

from contacts.models import Contact
from releases.newsroom.figures import copies

register = template.Library()


@register.inclusion_tag("newsroom/_photo.html")
def photo(contact: Contact, name: str, sizes: str, side: int = 0) -> dict[str, object]:
    """Show the photo, if there is one, as an element of class `name`, as wide as `sizes` says
    (WHATWG HTML, 4.8.4.2).

    With `side`, it is a square of that many pixels, loaded when a reader comes near it.
    """
    there = copies(contact.photo) if contact.photo else None
    return {"photo": contact.shown_photo or there, "name": name, "sizes": sizes, "side": side}

"""A media contact as a vCard 4.0 (RFC 6350): what phones and address books take in."""

from collections.abc import Iterator

from contacts.models import Contact

MIME_TYPE = "text/vcard; charset=utf-8"
LONGEST_LINE = 75  # octets, without the line break (RFC 6350, 3.2)


def vcard(contact: Contact, organisation: str, page: str, photo: str = "") -> str:
    """Return the card of `contact`; `page` and `photo` are absolute addresses ('': no photo).

    The caller answers for the photo being one that readers may see.
    """
    lines = ["BEGIN:VCARD", "VERSION:4.0", *_properties(contact, organisation, page, photo)]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _properties(contact: Contact, organisation: str, page: str, photo: str) -> Iterator[str]:
    name = _text(contact.name)
    yield "KIND:individual"
    yield f"FN:{name}"
    # Which word is the family name cannot be told; address books that know no FN show this one.
    yield f"N:;{name};;;"
    if organisation:
        yield f"ORG:{_text(organisation)}"
    if contact.role:
        yield f"TITLE:{_text(contact.role)}"
    if contact.phone:
        yield f'TEL;VALUE=uri;TYPE="work,voice":tel:{contact.phone}'
    if contact.mobile:
        yield f'TEL;VALUE=uri;TYPE="work,cell":tel:{contact.mobile}'
    if contact.email:
        yield f"EMAIL;TYPE=work:{_text(contact.email)}"
    for place, code in enumerate(contact.languages, 1):
        yield f"LANG;PREF={place}:{code}"
    yield f"URL:{page}"
    if photo:
        yield f"PHOTO:{photo}"


def _text(value: str) -> str:
    """Return a text value, escaped (RFC 6350, 3.4)."""
    line = " ".join(value.split())
    return line.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _folded(line: str) -> str:
    """Break a line that is too long; the rest begins with a space (RFC 6350, 3.2)."""
    parts: list[str] = []
    part = ""
    for character in line:
        # The space that continues a line counts too.
        if len(f"{part}{character}".encode()) > LONGEST_LINE - bool(parts):
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])

"""What the address of a release's file ends with, for every map of addresses that has one."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from releases.formats import FORMATS


class Suffix(StringConverter):
    """The suffix of a format (releases/formats): a new one is an address by itself."""

    regex = "|".join(FORMATS)


register_converter(Suffix, "suffix")

#: The place of a suffix in an address.
SUFFIX = "<suffix:suffix>"

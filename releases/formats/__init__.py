"""The files that a release can be had as: one module each, all of one shape.

A format is a module of this folder with a `FORMAT` (releases/formats/shape.py). Nothing else names
it: addresses, the release page, the press kit and the tests ask FORMATS. docs/formats.md tells how
to add one.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from releases.formats.shape import Format


def _found() -> Iterator[Format]:
    """Give the FORMAT of each module here that has one."""
    for module in iter_modules(__path__, f"{__name__}."):
        one = getattr(import_module(module.name), "FORMAT", None)
        if isinstance(one, Format):
            yield one


#: By suffix, in the order in which readers are offered them.
FORMATS: Mapping[str, Format] = {
    one.suffix: one for one in sorted(_found(), key=lambda one: (one.place, one.suffix))
}

"""XML documents, written element by element."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator


class Document:
    """A document (XML 1.0) in the making; texts may be anything that XML can hold."""

    def __init__(self) -> None:
        self.out = StringIO()
        self.xml = SimplerXMLGenerator(self.out, "utf-8", short_empty_elements=True)
        self.xml.startDocument()

    @contextmanager
    def within(self, name: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        """An element that holds what is added meanwhile."""
        self.xml.startElement(name, AttributesImpl(dict(attributes or {})))
        yield
        self.xml.endElement(name)

    def add(self, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> None:
        """Add an element of text alone."""
        with self.within(name, attributes):
            if text:
                self.xml.characters(text)

    def written(self) -> bytes:
        """Return the document in UTF-8."""
        return self.out.getvalue().encode()

"""Rich text as Markdown, in and out: what one writes, the other reads back the same."""

from releases.markdown.reader import from_markdown
from releases.markdown.writer import to_markdown

__all__ = ["from_markdown", "to_markdown"]

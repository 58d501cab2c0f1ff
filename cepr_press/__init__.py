"""The press office's publishing system: the Django project."""

__version__ = "0.1.0"

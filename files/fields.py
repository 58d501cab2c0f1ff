"""Form fields for pictures and documents: what leaves them has passed the gate."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from files.documents import AdmittedDocument, DocumentRefused, admit_document
from files.gate import MAX_BYTES, AdmittedPicture, PictureRefused, admit_picture
from files.models import Document, Picture, store_document, store_picture


@dataclass(frozen=True)
class PictureToStore:
    """An admitted picture that nothing has stored yet: a form that fails leaves nothing behind."""

    admitted: AdmittedPicture

    def store(self) -> Picture:
        """Store it; return the new picture."""
        return store_picture(self.admitted)


class PictureUploadField(forms.FileField):
    """A file field whose value is a PictureToStore; a refusal stands beside the field."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/tiff"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return what the gate admitted, None where nothing was uploaded."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return PictureToStore(admit_picture(upload.read(MAX_BYTES + 1), upload.name))
        except PictureRefused as refusal:
            raise ValidationError(str(refusal), code="picture_refused") from refusal


@dataclass(frozen=True)
class DocumentToStore:
    """An admitted document that nothing has stored yet."""

    admitted: AdmittedDocument

    def store(self) -> Document:
        """Store it; return the new document."""
        return store_document(self.admitted)


class DocumentUploadField(forms.FileField):
    """A file field whose value is a DocumentToStore; a refusal stands beside the field."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.csv,.xlsx"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return what the gate admitted, None where nothing was uploaded."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return DocumentToStore(admit_document(upload.read(MAX_BYTES + 1), upload.name))
        except DocumentRefused as refusal:
            raise ValidationError(str(refusal), code="document_refused") from refusal

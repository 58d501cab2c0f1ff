"""Pictures and documents that came in through their gates, stored under names nobody can guess."""

from secrets import token_urlsafe

from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from files.documents import AdmittedDocument
from files.gate import AdmittedPicture
from files.leftovers import none_left, remember


def new_key() -> str:
    """Return 128 random bits as text: the part of a file's address that cannot be guessed."""
    return token_urlsafe(16)


def stored_name(picture: "Picture", name: str) -> str:
    """Return where the storage keeps the file: a folder per key, so that names never collide."""
    return f"pictures/{picture.key}/{name}"


def stored_document(document: "Document", name: str) -> str:
    """Return where the storage keeps a document."""
    return f"documents/{document.key}/{name}"


class Picture(models.Model):
    """One picture as the gate let it through. It never changes: a new file is a new picture."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    file = models.ImageField(
        _("file"), upload_to=stored_name, width_field="width", height_field="height", max_length=200
    )
    mime_type = models.CharField(max_length=20, editable=False)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False, default=0)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    copyright_notice = models.CharField(_("copyright notice"), max_length=200, blank=True)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address `/media/<random>/<name>`."""
        return reverse("media:picture", args=[self.key, self.name])

    @property
    def name(self) -> str:
        """The file's own name, the last part of its address."""
        return str(self.file.name).rsplit("/", 1)[-1]


class Document(models.Model):
    """A file that is handed on as it is. It never changes: a new file is a new document."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    file = models.FileField(_("file"), upload_to=stored_document, max_length=200)
    mime_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False, default=0)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address `/media/files/<random>/<name>`."""
        return reverse("media:document", args=[self.key, self.name])

    @property
    def name(self) -> str:
        """The file's own name, the last part of its address."""
        return str(self.file.name).rsplit("/", 1)[-1]

    @property
    def kind(self) -> str:
        """What readers call this kind of file: PDF, CSV, XLSX."""
        return self.name.rpartition(".")[2].upper()


def store_picture(admitted: AdmittedPicture) -> Picture:
    """Store a picture that passed the gate; return its row."""
    picture = Picture(
        mime_type=admitted.mime,
        size=len(admitted.data),
        credit=admitted.credit[:200],
        copyright_notice=admitted.copyright_notice[:200],
    )
    name = f"{admitted.name}.{admitted.extension}"
    with none_left():
        # Known before: a disk that is full keeps what went in.
        picture.file.name = stored_name(picture, name)
        remember(picture.file)
        picture.file.save(name, ContentFile(admitted.data, name), save=False)
        picture.save(force_insert=True)
    remember(picture.file)
    return picture


def store_document(admitted: AdmittedDocument) -> Document:
    """Store a document that passed its gate; return its row."""
    document = Document(mime_type=admitted.mime, size=len(admitted.data))
    name = f"{admitted.name}.{admitted.extension}"
    with none_left():
        document.file.name = stored_document(document, name)
        remember(document.file)
        document.file.save(name, ContentFile(admitted.data, name), save=False)
        document.save(force_insert=True)
    remember(document.file)
    return document

"""`manage.py import_release FILE [--publish] [--user NAME]`: a release from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from releases.importers import ImportedText, ImportRefused
from releases.importers.draft import bring_in, bring_in_published
from releases.importers.files import read_file
from releases.workflow import Refused


class Command(BaseCommand):
    """Bring in one file: as a draft, or with --publish as the edition it once was."""

    help = (
        "Import a release from a Word file, a web page or plain text, "
        "as a draft or (--publish) dated as the text says."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, whether to publish, and in whose name."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true")
        parser.add_argument(
            "--changes",
            choices=["accept", "reject"],
            help="what to do with the tracked changes of a Word file that nobody has decided on",
        )
        parser.add_argument("--user", help="the account that imports; default: the first publisher")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say where it went and what found no place."""
        path: Path = options["file"]
        by = _account(options["user"])
        try:
            text = _read(path.read_bytes(), options["changes"])
            if options["publish"]:
                edition, left = bring_in_published(text, by, path.name)
                self.stdout.write(f"Published: {edition.headline}\n{edition.get_absolute_url()}")
                self.stdout.write("\n\n".join(["Not placed in the form:", *left]) if left else "")
            else:
                release = bring_in(text, by, path.name)
                self.stdout.write(f"Draft {release.pk}: {release}")
                self.stdout.write(release.acts.get(action="create").why)
        except OSError as error:
            raise CommandError(f"{path} can’t be read: {error.strerror}.") from error
        except ImportRefused as refused:
            raise CommandError(str(refused)) from refused
        except Refused as refused:
            raise CommandError("\n".join(["Not published:", *refused.reasons])) from refused


def _read(data: bytes, answer: str | None) -> ImportedText:
    """What a file says, its tracked changes all accepted or all rejected. Raises CommandError."""
    text = read_file(data)
    if text.changes and not answer:
        raise CommandError(
            f"This file has {len(text.changes)} tracked changes that nobody has decided on. Import "
            "it at the desk, where each can be seen, or say --changes accept or --changes reject."
        )
    accepted = {change.key: answer == "accept" for change in text.changes}
    return read_file(data, accepted) if accepted else text


def _account(name: str | None) -> User:
    """Return the account `name`, or the first that may publish. Raises CommandError."""
    accounts = User.objects.filter(is_active=True).order_by("pk")
    if name:
        accounts = accounts.filter(username=name)
    account = next((one for one in accounts if one.has_perm("releases.publish_release")), None)
    if account is None:
        raise CommandError(
            f"No active account {name or ''} may publish. Make one with: manage.py createsuperuser"
        )
    return account

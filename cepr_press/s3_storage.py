"""Media in a bucket (S3 or what speaks like it): private, and read by the application alone.

Readers ask the application, which asks whether a public edition refers to the file; no address of
the bucket is ever told. Keys of access come from where boto3 looks for them: AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY, or the machine's own role. Needs requirements-s3.txt.
"""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class PrivateBucket(S3Storage):  # type: ignore[misc]
    """Objects that only the owner of the bucket may read."""

    def get_default_settings(self) -> dict[str, Any]:
        """Return what holds for every bucket; the address of PRESS_MEDIA_STORAGE adds the rest."""
        return {
            **super().get_default_settings(),
            "default_acl": None,  # the bucket's own: private
            "querystring_auth": True,
            # Each file has a name nobody has had before (files/models.py).
            "file_overwrite": True,
            # Larger files go through a temporary file, not through memory.
            "max_memory_size": 5 * 1024 * 1024,
            # A reader who waits for a bucket holds one of few threads.
            "client_config": Config(
                connect_timeout=3,
                read_timeout=10,
                retries={"max_attempts": 2},
                signature_version="s3v4",
                s3={"addressing_style": "path"},
            ),
        }

"""The content generation: one number that grows with every change the public can see.

Beside it stands the latest moment at which such a change is known to have come about.
"""

from django.db import models


class Generation(models.Model):
    """One row. The database counts it up itself (cepr_press/generation.py): nobody can forget."""

    number = models.PositiveBigIntegerField(default=0)
    # For a clock that is put back (releases/timekeeping.py); None: nothing is known.
    mark = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.number)

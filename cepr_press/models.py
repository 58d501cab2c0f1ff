"""The content generation: one number that grows with every change the public can see."""

from django.db import models


class Generation(models.Model):
    """One row. The database counts it up itself (cepr_press/generation.py): nobody can forget."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

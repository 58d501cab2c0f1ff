"""What is kept of an account beside Django's user, and what was done to it."""

from accounts.models.account import Account, RecoveryCode
from accounts.models.act import AccountAct, Kind
from accounts.models.guesses import Guesses
from accounts.sessions import Session

__all__ = ["Account", "AccountAct", "Guesses", "Kind", "RecoveryCode", "Session"]

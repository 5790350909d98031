"""What another site may answer to the address of a link, and what that means for readers."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Outcome(StrEnum):
    """What came of asking."""

    FINE = "fine"  # also where a machine is refused what a person may see
    MOVED = "moved"  # for good, and found at its new address
    GONE = "gone"
    SILENT = "silent"  # no answer, or that something is wrong over there
    PRIVATE = "private"  # readers cannot reach it


class Reply(Struct, frozen=True):
    """What another site answered: its words, or in ours why there is no answer, and where the page has moved."""

    outcome: Outcome
    status: int = 0
    said: str = ""
    moved_to: str = ""


class Answer(Struct, frozen=True):
    """A reply, when it was given, and since when it has been the same."""

    address: str
    reply: Reply
    asked: datetime
    since: datetime

"""Where does a text stand that the author has written into YAML? Records hold it; reading it needs no YAML any more."""

from msgspec import Struct


class Located(Struct, frozen=True):
    """A text of the author's, and where it stands: line and column count from 1."""

    text: str
    line: int = 0
    column: int = 0

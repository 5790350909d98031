"""Which text may stand in a feed? One without what XML cannot hold, in every format, so that all say the same."""

from gazepress.xml_text import xml_chars


def sound(text: str, *, instead: str = "") -> str:
    """Return ``text`` without the characters that a feed cannot hold, or ``instead`` if it is blank."""
    text = xml_chars(text)
    return text if text.strip() else xml_chars(instead)

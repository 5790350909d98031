"""How does a text stand in XML? Escaped, and without what XML cannot hold at all."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_chars(text: str) -> str:
    """Return a text without the characters that XML forbids (XML 1.0, section 2.2, production 2)."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)  # what can be printed can also stand in XML


def xml_text(text: str) -> str:
    """Return a text as it stands between tags, or in an attribute between double quotes."""
    return xml_chars(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

"""Which attributes may an element of the author's carry? Few, and only with values that make sense."""

import re
from html import escape

from markdown_it.token import Token

from gazepress.stages.parse.ledger import Ledger, Place

_ID = re.compile(r"[^\s\"'<>]+")
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?")
_DIRECTIONS = ("ltr", "rtl", "auto")


def attribute_text(attributes: dict[str, str]) -> str:
    """Return attributes as they stand in a tag, each with a space before it."""
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


def check_attribute(ledger: Ledger, place: Place, name: str, value: str) -> str | None:
    """Return the value of a common attribute as it may stand in the page, or None if it may not; an id is made unique.

    A text that two elements call ``x`` must stay valid, so the second one is ``x-2``.
    """
    if name == "id":
        if _ID.fullmatch(value):
            return ledger.unique_id(value)
    elif not (name == "lang" and not _LANGUAGE.fullmatch(value)) and not (name == "dir" and value not in _DIRECTIONS):
        return value
    ledger.report(place, "html-removed", f"the attribute {name}={value!r} cannot be used and was taken out")
    return None


def check_attributes(ledger: Ledger, place: Place, token: Token) -> None:
    """Leave at a Markdown element only what may stand in the page; what the parser has refused is reported."""
    for name in token.meta.pop("insecure_attrs", ()):
        hint = "id, class, lang and dir can be given"
        ledger.report(place, "html-removed", f"the attribute {name!r} was taken out", hint)
    align = str(token.attrs.pop("style", "")).removeprefix("text-align:")
    if align:  # a policy that forbids inline styles must not cost a table its alignment
        token.attrs["class"] = f"align-{align}"
    for name in ("id", "lang", "dir"):
        if name in token.attrs:
            value = check_attribute(ledger, place, name, str(token.attrs.pop(name)))
            if value is not None:
                token.attrs[name] = value

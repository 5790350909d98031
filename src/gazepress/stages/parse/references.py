"""Where does the text lead? Links and pictures become references or safe addresses; raw HTML becomes what may stay."""

from collections.abc import Sequence

from markdown_it.token import Token

from gazepress.documents import RefKind
from gazepress.stages.parse.addresses import Where, classify, classify_picture, picture_elsewhere
from gazepress.stages.parse.attributes import check_attributes
from gazepress.stages.parse.ledger import Ledger, Place
from gazepress.stages.parse.plain import plain_text
from gazepress.stages.parse.rawhtml import RawHtml


def resolve_references(tokens: Sequence[Token], ledger: Ledger) -> RawHtml:
    """Give the references of the text their numbers, and take out what must not stand in a page.

    Links of the site become ``ref_open`` and ``ref_close`` with ``meta["ref"]``, so do ``wiki_title``, pictures and
    ``read_more``. Raw HTML becomes tokens with ``meta["parts"]``. Returns the raw HTML met.
    """
    raw = RawHtml(ledger)
    for token in tokens:
        if token.attrs or "insecure_attrs" in token.meta:
            line, column = ledger.place(token)
            check_attributes(ledger, (line - 1, column), token)  # a block's attributes stand on the line above it
        if token.type == "inline":
            if not _WATCHED.isdisjoint([child.type for child in token.children or ()]):
                token.children = _Line(token, ledger, raw).resolve()
        elif token.type == "html_block":
            token.meta["parts"] = raw.read_block(token)
        elif token.type == "read_more":
            targets: list[tuple[str, Place]] = token.meta["targets"]
            token.meta["refs"] = tuple(ledger.refer(RefKind.READ_MORE, target, place) for target, place in targets)
    return raw


class _Line:
    """The inline tokens of one block, on their way to be resolved."""

    def __init__(self, block: Token, ledger: Ledger, raw: RawHtml) -> None:
        self._block, self._ledger, self._raw = block, ledger, raw
        self._links: list[Token | None] = []  # the links open here, as they will be written; None if it is unlinked
        self._resolved: list[Token] = []

    def resolve(self) -> list[Token]:
        self._raw.begin_inline(self._block)
        for token in self._block.children or ():
            if not (token.nesting == 0 and token.type != "html_inline" and self._raw.is_dropping):
                if token.attrs or token.meta.get("insecure_attrs"):
                    check_attributes(self._ledger, self._place(token), token)
                _RESOLVED.get(token.type, _Line.keep)(self, token)
        closed = self._raw.end_inline()
        if closed:
            self._resolved.append(_token("html_inline", parts=[closed]))
        return self._resolved

    def _place(self, token: Token) -> Place:
        return self._ledger.place(self._block, token.meta.get("at", 0))

    def keep(self, token: Token) -> None:
        """Take a token as it is."""
        self._resolved.append(token)

    def open_link(self, token: Token) -> None:
        """Open a link, unless it leads nowhere that is safe or stands inside another one."""
        address = str(token.attrs.get("href", ""))
        where, clean = (Where.SITE, address) if token.meta.get("wiki") else classify(address)
        opened: Token | None = None
        if any(self._links):  # a link in a link is none
            pass
        elif where is Where.UNSAFE:
            hint = "use http, https, mailto or tel, or a path of this site"
            self._ledger.report(self._place(token), "unsafe-link", f"the link to {clean[:80]!r} was unlinked", hint)
        elif where is Where.ELSEWHERE:
            token.attrs["href"] = clean
            opened = token
        else:
            kind = RefKind.WIKI if token.meta.get("wiki") else RefKind.LINK
            attributes = {name: value for name, value in token.attrs.items() if name != "href"}
            opened = _token("ref_open", ref=self._ledger.refer(kind, clean, self._place(token)))
            opened.attrs = attributes
        self._links.append(opened)
        if opened:
            self._resolved.append(opened)

    def close_link(self, token: Token) -> None:
        """Close the link opened last."""
        opened = self._links.pop()
        if opened is not None:
            is_ref = opened.type == "ref_open"
            closed = _token("ref_close", ref=opened.meta["ref"]) if is_ref else token
            closed.attrs = opened.attrs if is_ref else {}
            self._resolved.append(closed)

    def title(self, token: Token) -> None:
        """Show the title of what a wiki link leads to."""
        opened = self._links[-1]
        if opened is None:
            token.type = "text"
        else:
            token.meta["ref"] = opened.meta["ref"]
        self._resolved.append(token)

    def picture(self, token: Token) -> None:
        """Show a picture, or its words in place of one that is not safe."""
        where, address = classify_picture(str(token.attrs.get("src", "")))
        alt = " ".join(plain_text(token.children).split())
        if where is Where.UNSAFE:
            hint = "use a picture of this site, or one with http or https"
            self._ledger.report(self._place(token), "unsafe-link", f"the picture {address[:80]!r} was left out", hint)
            shown = _token("text")
            shown.content = alt
            self._resolved.append(shown)
            return
        token.attrs["src"], token.attrs["alt"] = address, alt
        if where is Where.SITE:
            token.meta["ref"] = self._ledger.refer(RefKind.PICTURE, address, self._place(token))
        else:
            self._ledger.report(self._place(token), *picture_elsewhere(address))
        self._resolved.append(token)

    def footnote(self, token: Token) -> None:
        """Show the mark of a footnote; in a link it cannot be a link."""
        token.meta["unlinked"] = any(self._links)
        self._resolved.append(token)

    def html(self, token: Token) -> None:
        """Read a tag of raw HTML."""
        token.meta["parts"] = self._raw.read_inline(self._block, token)
        self._resolved.append(token)


def _token(kind: str, **meta: object) -> Token:
    return Token(kind, "", 0, meta=meta)


_RESOLVED = {
    "link_open": _Line.open_link,
    "link_close": _Line.close_link,
    "wiki_title": _Line.title,
    "image": _Line.picture,
    "footnote_ref": _Line.footnote,
    "html_inline": _Line.html,
}
_WATCHED = frozenset((*_RESOLVED, "code_inline"))  # code may have attributes to be checked

"""The shape of addresses: slugs, paths of the site, and the file that answers for a path."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

MEDIA = "/media/"
"""The folder of the site in which files of ``content`` are published."""

_APOSTROPHES = re.compile("['’ʼ‘`´]")
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_SAFE = "/~!$&'()*+,;=:@-._"
_PLAIN = re.compile(rf"[A-Za-z0-9{re.escape(_SAFE)}]*")
_SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\t\n\r-]*):")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\^`{|}]+")
_PART = r"(?:[\w/?:@!$&'()*+,;=~.-]|%[0-9A-Fa-f]{2})*"
_URI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?://\[[0-9A-Fa-f:.]+\])?{_PART}(?:#{_PART})?", re.ASCII)
_DROPPED = re.compile(r"[\t\n\r]")
_MAX_SLUG = 200  # a file name has at most 255 bytes


@lru_cache(maxsize=65536)
def slugify(text: str, language: str = "") -> str:
    """Return ``text`` as a slug of at most 200 ``a-z``, ``0-9`` and ``-``; empty if nothing of it can be kept.

    Ukrainian is romanised by Cabinet of Ministers resolution No. 55 of 2010, as the country writes its own names.
    """
    from slugify import slugify as latin

    text = unicodedata.normalize("NFC", text)
    if not text.isascii() and (language == "uk" or _UKRAINIAN.search(text)):
        from translitua import translit

        text = translit(text)
    return str(latin(_APOSTROPHES.sub("", text), max_length=_MAX_SLUG, word_boundary=True))


@lru_cache(maxsize=65536)
def encode_path(path: str) -> str:
    """Return a site path (``/2025/10/Ж x/``) as it is written in a link (RFC 3986, 3.3), in Unicode form NFC."""
    if _PLAIN.fullmatch(path):  # like nearly all, and there is one for each page of an archive
        return path
    return quote(unicodedata.normalize("NFC", path), safe=_SAFE)


def decode_path(path: str) -> str:
    """Return the site path that a written link names: percent signs decoded, in Unicode form NFC."""
    return unicodedata.normalize("NFC", unquote(path))


def collision_key(path: str) -> str:
    """Return what two site paths share when a file system or server may take one for the other."""
    if path.isascii():  # nearly all are, and this is asked for every output
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def output_file(path: str) -> str:
    """Return the file below the output folder that answers for a site path: ``/a/`` is ``a/index.html``."""
    return path.removeprefix("/") + ("index.html" if path.endswith("/") else "")


def static_path(file: str) -> str:
    """Return the site path of a file of the folder ``static``, in Unicode form NFC."""
    return unicodedata.normalize("NFC", file.removeprefix("static"))


def media_path(file: str) -> str:
    """Return the site path of a file that lies in the folder ``content``, in Unicode form NFC."""
    return MEDIA + unicodedata.normalize("NFC", file.removeprefix("content/"))


def ninjs_path(page: str) -> str:
    """Return the site path of an article's ninjs document, or of the site's feed of them."""
    return f"{page}ninjs.json"


def oembed_path(page: str) -> str:
    """Return the site path of what other sites can show of an article (oEmbed)."""
    return f"/oembed{page.rstrip('/')}.json"


def lasting_iri(identity: str) -> str:
    """Return an identity as an IRI (RFC 4287, 4.2.6): one that is none gets one that follows from it alone."""
    if _IRI.fullmatch(identity):
        return identity
    from uuid import NAMESPACE_URL, uuid5

    return uuid5(NAMESPACE_URL, identity).urn


def lasting_uri(identity: str) -> str:
    """Return an identity as a URI, all in ASCII (RFC 3986): one that is none gets one that follows from it alone."""
    iri = lasting_iri(identity)
    uri = _in_ascii(iri)
    return uri if _URI.fullmatch(uri) else lasting_iri(f" {identity}")  # with a space it is no IRI


def web_uri(address: str) -> str:
    """Return a full web address as a URI, all in ASCII (RFC 3987, 3.1); empty if it is none."""
    uri = _in_ascii(address.strip())
    return uri if _URI.fullmatch(uri) and scheme(uri) in ("http", "https") else ""


def _in_ascii(iri: str) -> str:
    return iri if iri.isascii() else quote(iri, safe="%/:?#[]@!$&'()*+,;=~-._")


def scheme(address: str) -> str:
    """Return the scheme of an address in lower case, empty for a path.

    It is found where browsers find it (the URL standard), who pass over white space in front and line ends inside it.
    """
    match = _SCHEME.match(address)
    return _DROPPED.sub("", match.group(1)).lower() if match else ""


def base_path(site_url: str) -> str:
    """Return the path below which a site lives, without the last slash: ``/news`` of ``https://x.example/news/``."""
    return encode_path(decode_path(urlsplit(site_url).path.rstrip("/")))

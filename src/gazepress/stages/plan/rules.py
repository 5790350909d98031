"""How do servers say where old addresses lead? The table of redirects in the words of each.

Files of rules that a host does not look for itself stand in a folder whose name starts with a dot. Nothing in them is
secret: each address in them was public.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import quote

from gazepress.diagnostics import Diagnostic, problem
from gazepress.model import Planned
from gazepress.outlines import Frame, TextOutline
from gazepress.settings import SETTINGS_FILE, RuleFormat
from gazepress.sources import LOCK_FILE
from gazepress.stages.plan.redirects import GONE, MOVED, Redirect
from gazepress.stages.plan.site import Site
from gazepress.urls import decode_path, scheme

REDIRECTS = "/_redirects"
RULES = "/.servers/"
"""The folder of the files that the configuration of a server includes."""

_PLAIN = re.compile(r"/[\w/.-]*")  # what means only itself in every configuration
_SIGN = re.compile(r"[\x00-\x7f](?<![A-Za-z0-9_/-])")
_SAFE = "%/~!&'()*+,;=:@-._?#[]"
_CLOUDFLARE_RULES, _CLOUDFLARE_BYTES = 2_000, 100_000  # developers.cloudflare.com/pages/configuration/redirects
_S3_RULES = 50  # RoutingRules of one bucket (Amazon S3 User Guide, "Configuring a webpage redirect")


def rule_files(site: Site, redirects: Sequence[Redirect]) -> Iterator[Planned]:
    """Yield the file of rules for each server that the settings name.

    Hosts look for theirs, and need none where nothing has moved. nginx, Apache and Caddy do not start without a file
    that their configuration includes, so theirs is always there.
    """
    for name in dict.fromkeys(site.settings.redirects.formats):
        url, write = _FORMATS[name]
        text = write(site.frame, sorted(redirects, key=lambda one: one.source))
        if text:
            yield Planned(url, TextOutline(text))


def too_many(files: Iterable[Planned]) -> Iterator[Diagnostic]:
    """Yield a problem for each file of rules that is larger than its host takes."""
    for file in files:
        text = file.outline.text if isinstance(file.outline, TextOutline) else ""
        count = text.count("\n")
        if file.url == REDIRECTS and (count > _CLOUDFLARE_RULES or len(text.encode()) > _CLOUDFLARE_BYTES):
            limits = f"{_CLOUDFLARE_RULES:,} rules and {_CLOUDFLARE_BYTES:,} bytes"
            message = f"{file.url} has {count:,} rules in {len(text.encode()):,} bytes; Cloudflare takes {limits}"
            yield problem("redirects-many", message, path=SETTINGS_FILE)
        elif file.url.endswith("s3.json") and text.count("KeyPrefixEquals") > _S3_RULES:
            message = f"{file.url} has {text.count('KeyPrefixEquals'):,} rules; S3 takes {_S3_RULES} for a bucket"
            yield problem("redirects-many", message, path=SETTINGS_FILE)


def _cloudflare(frame: Frame, redirects: Sequence[Redirect]) -> str:
    """Cloudflare Pages follows rules before files, and knows no 410."""
    return "".join(f"{_from(frame, one)} {_to(frame, one)} {MOVED}\n" for one in redirects if one.status == MOVED)


def _netlify(frame: Frame, redirects: Sequence[Redirect]) -> str:
    """Netlify serves a file before it follows a rule, unless ``!`` is there; with a 410 it shows the page named.

    It takes addresses in any case, so that one that is only spelled otherwise must not lead to itself for ever.
    """
    lines = []
    for one in (each for each in redirects if not each.is_respelled):
        shown = frame.href("/404.html" if one.file == LOCK_FILE else one.source)
        lines.append(f"{_from(frame, one)} {shown if one.status == GONE else _to(frame, one)} {one.status}!\n")
    return "".join(lines)


def _nginx(frame: Frame, redirects: Sequence[Redirect]) -> str:
    """Nginx compares the decoded path; a map looks it up in one step, however many there are.

    Only a pattern tells capitals from small letters there.
    """
    room = 64
    while room < 32 + max((len(_key(frame, one).encode()) for one in redirects), default=0):
        room *= 2
    lines = [
        "# In the block http { }; what to write in server { } is told in docs/addresses.md.",
        f"map_hash_bucket_size {room};",
        f"map_hash_max_size {max(2048, 4 * len(redirects))};",
    ]
    for name, status in (("moved", MOVED), ("gone", GONE)):
        lines += [f"map $uri $gazepress_{name} {{", '    default "";']
        for one in redirects:
            if one.status == status:
                target = "1" if status == GONE else _to(frame, one).replace("$", "%24")
                key = f"~^{_pattern(_decoded(frame, one))}$" if one.is_respelled else _key(frame, one)
                lines.append(f'    "{key}" "{target}";')
        lines.append("}")
    return "\n".join([*lines, ""])


def _apache(frame: Frame, redirects: Sequence[Redirect]) -> str:
    """Apache compares the decoded path with each pattern; what is told of an article that is gone is its error page."""
    lines = ["# In the virtual host; docs/addresses.md tells the rest."]
    for one in redirects:
        pattern = f'"^{_pattern(_decoded(frame, one))}$"'
        if one.status == MOVED:
            lines.append(f'RedirectMatch {MOVED} {pattern} "{_to(frame, one).replace("$", "%24")}"')
            continue
        lines.append(f"RedirectMatch {GONE} {pattern}")
        if one.file != LOCK_FILE:
            page = f"ErrorDocument {GONE} {frame.href(one.source)}index.html"
            lines += [f"<LocationMatch {pattern}>", f"    {page}", "</LocationMatch>"]
    return "\n".join([*lines, ""])


def _caddy(frame: Frame, redirects: Sequence[Redirect]) -> str:
    """Caddy compares the decoded path; the two snippets are imported into a site's block."""
    lines = ["(gazepress_redirects) {", "\tmap {http.request.uri.path} {gazepress_status} {gazepress_target} {"]
    for one in redirects:
        target = "-" if one.status == GONE else _to(frame, one)
        lines.append(f'\t\t"{_key(frame, one)}" {one.status} "{target}"')
    lines += [
        '\t\tdefault 0 "-"',
        "\t}",
        f"\t@gazepress_moved vars {{gazepress_status}} {MOVED}",
        f"\tredir @gazepress_moved {{gazepress_target}} {MOVED}",
        f"\t@gazepress_gone vars {{gazepress_status}} {GONE}",
        f"\terror @gazepress_gone {GONE}",
        "}",
    ]
    return "\n".join([*lines, ""])


def _s3(frame: Frame, redirects: Sequence[Redirect]) -> str:
    """S3 compares the start of the key; it knows no 410. The longest come first, for the first that fits is taken."""
    rules = []
    for one in sorted(redirects, key=lambda one: -len(one.source)):
        if one.status == MOVED:
            target = _to(frame, one)
            place = {"ReplaceKeyWith": target.removeprefix("/")}
            if scheme(target):
                protocol, _, rest = target.partition("://")
                host, _, path = rest.partition("/")
                place = {"Protocol": protocol, "HostName": host, "ReplaceKeyWith": path}
            key = _decoded(frame, one).removeprefix("/")
            rules.append({"Condition": {"KeyPrefixEquals": key}, "Redirect": {**place, "HttpRedirectCode": str(MOVED)}})
    return json.dumps({"RoutingRules": rules}, ensure_ascii=False, indent=1) + "\n" if rules else ""


_FORMATS: dict[RuleFormat, tuple[str, Callable[[Frame, Sequence[Redirect]], str]]] = {
    RuleFormat.CLOUDFLARE: (REDIRECTS, _cloudflare),
    RuleFormat.NETLIFY: (REDIRECTS, _netlify),
    RuleFormat.NGINX: (RULES + "redirects.nginx.conf", _nginx),
    RuleFormat.APACHE: (RULES + "redirects.apache.conf", _apache),
    RuleFormat.CADDY: (RULES + "redirects.caddy", _caddy),
    RuleFormat.S3: (RULES + "redirects.s3.json", _s3),
}


def _to(frame: Frame, one: Redirect) -> str:
    """Return where a redirect leads, for a rule: a path with the base, or the full address elsewhere."""
    if scheme(one.target):
        return quote(one.target, safe=_SAFE)
    path, mark, fragment = one.target.partition("#")
    return frame.href(path) + mark + quote(fragment, safe=_SAFE)


def _from(frame: Frame, one: Redirect) -> str:
    """Return an old address for a file ``_redirects``, in which ``*`` and ``:`` stand for any text."""
    return frame.href(one.source).replace("*", "%2A").replace(":", "%3A")


def _decoded(frame: Frame, one: Redirect) -> str:
    return decode_path(frame.base) + one.source


def _key(frame: Frame, one: Redirect) -> str:
    """Return what a map compares with the decoded path of a request; as a pattern where signs could mean something."""
    path = _decoded(frame, one)
    return path if _PLAIN.fullmatch(path) else f"~^{_pattern(path)}$"


def _pattern(path: str) -> str:
    """Return a regular expression for a decoded path, without a sign that a configuration could read otherwise."""
    return _SIGN.sub(lambda match: rf"\x{ord(match[0]):02x}", path)

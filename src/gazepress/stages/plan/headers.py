"""What must servers say with the files of the site? A file `_headers`, as Netlify and Cloudflare Pages read it.

Both join the values of one header that several rules give, so no file may meet two rules that speak of caching. Of
pages none does: both hosts let browsers keep a page only after asking whether it is still the same. A type is said of
files whose names end in what means something more common.
"""

from collections.abc import Iterator

from gazepress.feed_formats import FEED_FILES, feed_path
from gazepress.model import Planned
from gazepress.outlines import TextOutline
from gazepress.policy import content_policy
from gazepress.stages.plan.assets import Assets
from gazepress.stages.plan.feeds import OPML
from gazepress.stages.plan.site import CORRECTIONS, MANIFEST, Site
from gazepress.urls import MEDIA

HEADERS = "/_headers"

_FOR_GOOD = "public, max-age=31536000, immutable"  # a year: more than browsers keep anything
_AN_HOUR = "public, max-age=3600, stale-while-revalidate=604800"
_FIVE_MINUTES = "public, max-age=300"
_FOR_ALL_PAGES = {"Access-Control-Allow-Origin": "*"}  # pages of other sites, too
_UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")


def headers(site: Site, assets: Assets) -> Planned:
    """Return the file of rules: which files they are for, and what is said with these."""
    policy = content_policy(players=site.frame.players, search=site.settings.search, in_page=False)
    rules = {
        "/*": {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
            "Cross-Origin-Opener-Policy": "same-origin",
        },
        f"{MEDIA}*": {"Cache-Control": _AN_HOUR},  # files as they are called by those who write, and their other forms
        **dict(_feeds(site)),
        MANIFEST: {"Content-Type": "application/manifest+json"},
        OPML: {"Content-Type": "text/x-opml"},
    }
    partners = site.settings.partners
    rules |= {path: _FOR_ALL_PAGES for path, on in (("/api/*", partners.api), ("/oembed/*", partners.oembed)) if on}
    rules |= {path: {"Cache-Control": _FOR_GOOD} for path in sorted(assets.lasting)}
    lines = []
    for path, said in rules.items():
        lines += [site.frame.base + path, *(f"  {name}: {value}" for name, value in said.items()), ""]
    return Planned(HEADERS, TextOutline("\n".join(lines)))


def _feeds(site: Site) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rules for all feeds but for archives, which seldom change.

    They also name the hub that tells of them, as servers should (W3C WebSub, section 4), and themselves. Where many
    share a rule, only their file can be named: it stands for an address beside the one that was asked for (RFC 8288,
    section 3.1).
    """
    feeds, corrections = site.settings.feeds, site.frame.view.corrections
    kinds = (
        ("/", feeds.site),
        *(((CORRECTIONS, feeds.site),) if corrections else ()),
        ("/sections/:section/", feeds.sections),
        ("/tags/:tag/", feeds.tags),
        ("/authors/:author/", feeds.authors),
        ("/storylines/:storyline/", feeds.storylines),
    )
    for page, setting in kinds:
        for form in setting.formats:
            path, said = feed_path(page, form), {"Cache-Control": _FIVE_MINUTES, "Content-Type": FEED_FILES[form].type}
            if feeds.hub:
                own = path.rpartition("/")[2] if ":" in page else site.frame.absolute(path)
                said["Link"] = f'<{feeds.hub}>; rel="hub", <{own}>; rel="self"'
            yield path, said

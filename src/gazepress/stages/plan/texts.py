"""Small files that say to programs what the site is, and what they may do with it."""

import json
from collections.abc import Iterator, Mapping

from gazepress.model import Planned
from gazepress.outlines import TextOutline
from gazepress.stages.plan.site import MANIFEST, Site, setting_href
from gazepress.stages.plan.sitemaps import SITEMAP

ROBOTS = "/robots.txt"

_SECURITY = "/.well-known/security.txt"
_HUMANS = "/humans.txt"
_LLMS = "/llms.txt"

# Each of these tokens is one that its owner has told of; none of them speaks for another one.
_TRAINING = ("GPTBot", "ClaudeBot", "CCBot", "Google-Extended")
_SEARCH = ("OAI-SearchBot", "Claude-SearchBot")
_FETCH = ("ChatGPT-User", "Claude-User")


def machine_texts(site: Site, icons: Mapping[int, str]) -> Iterator[Planned]:
    """Yield all of these files that the site has. ``icons``: width of the icon in pixels → site path."""
    yield _text(ROBOTS, _robots(site))
    yield _text(MANIFEST, _manifest(site, icons))
    if site.settings.security.contacts:
        yield _text(_SECURITY, _security(site))
    if site.settings.humans:
        yield _text(_HUMANS, _humans(site))
    if site.settings.llms:
        yield _text(_LLMS, _llms(site))


def _robots(site: Site) -> str:
    """Return robots.txt (RFC 9309). A build that shows what is held back asks all crawlers to stay away."""
    if not site.frame.public:
        return "User-agent: *\nDisallow: /\n"
    crawlers = site.settings.crawlers
    unwelcome = (
        *(() if crawlers.training else _TRAINING),
        *(() if crawlers.search else _SEARCH),
        *(() if crawlers.fetch else _FETCH),
    )
    away = "".join(f"User-agent: {token}\n" for token in unwelcome) + "Disallow: /\n\n" if unwelcome else ""
    return f"{away}User-agent: *\nAllow: /\n\nSitemap: {site.frame.absolute(SITEMAP)}\n"


def _security(site: Site) -> str:
    """Return whom to tell of a weakness, and until when this holds (RFC 9116, section 2.5)."""
    settings = site.settings.security
    assert settings.expires is not None
    lines = [f"Contact: {contact}" for contact in settings.contacts]
    lines.append(f"Expires: {settings.expires.isoformat(timespec='seconds')}")
    lines.append(f"Preferred-Languages: {site.settings.language}")
    lines.append(f"Canonical: {site.frame.absolute(_SECURITY)}")
    if settings.disclosure:
        lines.append(f"Policy: {site.frame.full(setting_href(site, settings.disclosure.text))}")
    return "\n".join(lines) + "\n"


def _humans(site: Site) -> str:
    """Return who makes the site (humanstxt.org)."""
    team = [f"{one.name}{f', {one.role}' if one.role else ''}" for one in site.bylines.values()]
    lines = ["/* TEAM */", *team, "", "/* SITE */", f"Language: {site.settings.language}", "Software: gazepress"]
    return "\n".join(" ".join(line.split()) for line in lines) + "\n"


def _llms(site: Site) -> str:
    """Return where what is, in Markdown (llmstxt.org)."""
    view = site.frame.view
    parts = (("Sections", view.sections), ("Pages", view.pages))
    lines = [f"# {_line(view.title)}", *(["", f"> {_line(view.description)}"] if view.description else [])]
    for head, links in parts:
        if links:
            lines += ["", f"## {head}", "", *(f"- [{_line(one.title)}]({site.frame.full(one.url)})" for one in links)]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    """Return a text on one line, without what could end the words of a link."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())


def _manifest(site: Site, icons: Mapping[int, str]) -> str:
    """Return what phones that keep the site among their programs want to know of it (W3C, Web Application Manifest)."""
    view = site.frame.view
    drawn = [{"src": view.icon, "sizes": "any", "type": "image/svg+xml"}] if view.icon else []
    painted = [
        {"src": site.frame.href(path), "sizes": f"{size}x{size}", "type": "image/png"} for size, path in icons.items()
    ]
    told = {
        "name": view.title,
        "short_name": view.publication,
        "description": view.description,
        "lang": view.language,
        "start_url": view.home,
        "scope": view.home,
        "display": "minimal-ui",
        "background_color": view.papers[0],
        "theme_color": view.papers[0],
        "icons": drawn + painted,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _text(url: str, text: str) -> Planned:
    return Planned(url, TextOutline(text))

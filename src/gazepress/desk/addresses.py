"""Which addresses does a change take away? What answers there from then on is written down with it.

Articles and standing pages get an alias. Lists and authors have no front matter for that: the settings say where they
are now.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from msgspec.structs import fields

from gazepress.desk.draft import Draft, Outlook
from gazepress.desk.respell import Renames, new_path
from gazepress.desk.yaml_edits import append_item, get, remove_key, set_key
from gazepress.matter import FrontMatter, PageMatter
from gazepress.settings import SETTINGS_FILE, PolicySettings, Settings
from gazepress.stages.plan.recorded import alias_path
from gazepress.stages.plan.site import author_path, section_path, tag_path
from gazepress.urls import base_path, decode_path, encode_path


def moved_addresses(draft: Draft, renames: Renames, after: Outlook) -> dict[str, str]:
    """Return the site paths that have changed, each with the new one; those of what is held back too."""
    before = draft.before
    urls: dict[str, str] = {}
    for file, path in before.paths.items():
        new = after.paths.get(renames.replaced.get(file, draft.place(file)), "")
        if new and new != path:
            urls[path] = new
    return urls | dict(_moved_lists(before, renames, after))


def keep_addresses(draft: Draft, after: Outlook, urls: Mapping[str, str]) -> None:
    """Write into a draft what answers at the public ones of the addresses that have changed."""
    owners = {path: file for file, path in after.paths.items()}
    for file, path in draft.before.paths.items():
        if path in urls and was_public(draft.before, file):
            keep = [path, *_aliases(draft.before, file)] if file in draft.removes else [path]
            for one in keep:
                _keep(draft, after, owners[urls[path]], one, urls[path])
    texts = set(draft.before.paths.values())
    for path, new in urls.items():
        if path not in texts:
            _redirect(draft, path, new)


def lead_settings(draft: Draft, urls: Mapping[str, str]) -> None:
    """Let the menu and the other links of the settings lead straight to the new addresses.

    Where another text has taken the place, it does not have the places inside the old one.
    """
    text = draft.text(SETTINGS_FILE)
    gone = {path for file, path in draft.before.paths.items() if file in draft.removes}
    for key in _links(text):
        written = get(text, key)
        if not isinstance(written, str):
            continue
        address, mark, fragment = written.partition("#")
        path, question, query = address.partition("?")
        new = new_path(decode_path(path), urls)
        if new is not None:
            place = "" if decode_path(path) in gone else mark + fragment
            draft.edit(SETTINGS_FILE, set_key, key, encode_path(new) + question + query + place)


def identity(settings: Settings, matter: FrontMatter, path: str) -> str:
    """Return what feeds call an article: its ``id``, else its oldest alias, else its address."""
    if matter.id:
        return matter.id
    address = urlsplit(settings.url)
    oldest = alias_path(matter.aliases[0]) if matter.aliases else path
    return f"{address.scheme}://{address.netloc}{base_path(settings.url)}{encode_path(oldest)}"


def lost_addresses(draft: Draft, after: Outlook) -> Iterator[str]:
    """Yield the public site paths of texts at which nothing would answer any more."""
    answered = {*after.paths.values(), *_redirects(draft)}
    for file in after.paths:
        answered.update(map(alias_path, _aliases(after, file)))
    for file, path in draft.before.paths.items():
        if was_public(draft.before, file):
            yield from (one for one in (path, *map(alias_path, _aliases(draft.before, file))) if one not in answered)


def claimed_twice(site: Outlook) -> dict[str, str]:
    """Return the site paths that two texts want, each with a file of theirs."""
    owners: dict[str, str] = {}
    twice: dict[str, str] = {}
    for file, path in site.paths.items():
        for one in {path, *map(alias_path, _aliases(site, file))}:
            if owners.setdefault(one, file) != file:
                twice[one] = file
    return twice


def was_public(site: Outlook, file: str) -> bool:
    """Tell whether readers have seen a text."""
    text = site.graph.articles.get(file) or site.graph.pages.get(file)
    return text is None or text.held is None


def _links(text: str) -> Iterator[tuple[str | int, ...]]:
    """Yield the keys of the settings that hold an address, whether they are given or not."""
    for above in (("menu",), ("theme", "links")):
        items = get(text, above)
        yield from ((*above, at, "url") for at in range(len(items) if isinstance(items, list) else 0))
    yield from (("policies", field.name) for field in fields(PolicySettings))


def _keep(draft: Draft, after: Outlook, place: str, path: str, new: str) -> None:
    """Let the text that will be at ``place`` answer at an old path too."""
    file = draft.origin(place)
    matter = after.documents[place].matter
    if not isinstance(matter, FrontMatter | PageMatter):
        _redirect(draft, path, new)
        return
    written = encode_path(path)
    aliases = get(draft.text(file), "aliases") or []
    if path in map(alias_path, [aliases] if isinstance(aliases, str) else aliases):
        return
    if isinstance(matter, FrontMatter) and file in draft.before.graph.articles:
        was = draft.before.graph.articles[file].matter
        name = identity(draft.before.settings, was, draft.before.paths[file])
        first = alias_path(was.aliases[0]) if was.aliases else path
        if not was.id and name != identity(draft.before.settings, was, first):
            draft.edit(file, set_key, "id", name, after="date")
    draft.edit(file, append_item, "aliases", written, after="slug")


def _redirect(draft: Draft, path: str, new: str) -> None:
    """Write into the settings where an old path leads, and no longer that the new one leads somewhere."""
    known = _redirects(draft)
    if new in known:
        draft.edit(SETTINGS_FILE, remove_key, ("redirects", "moved", new))
    draft.edit(SETTINGS_FILE, set_key, ("redirects", "moved", path), new)


def _redirects(draft: Draft) -> Mapping[str, str]:
    known = get(draft.text(SETTINGS_FILE), ("redirects", "moved"))
    return known if isinstance(known, dict) else {}


def _moved_lists(before: Outlook, renames: Renames, after: Outlook) -> Iterator[tuple[str, str]]:
    """Yield the site paths of tags, sections and authors without a file that have another name, or are empty now."""
    for slug, tag in before.graph.tags.items():
        if slug not in after.graph.tags and any(was_public(before, one) for one in tag.articles):
            overview = "/tags/" if after.graph.tags else "/"
            yield tag_path(slug), tag_path(renames.tags[slug]) if slug in renames.tags else overview
    for slug in before.graph.sections:
        if slug not in after.graph.sections:
            overview = "/sections/" if after.graph.sections else "/"
            yield section_path(slug), section_path(renames.sections[slug]) if slug in renames.sections else overview
    for slug, author in before.graph.authors.items():
        if not author.id and slug not in after.graph.authors:
            new = after.graph.authors.get(renames.authors.get(slug, ""))
            overview = "/authors/" if after.graph.authors else "/"
            yield author_path(author), author_path(new) if new else overview


def _aliases(site: Outlook, file: str) -> tuple[str, ...]:
    matter = site.documents[file].matter
    return matter.aliases if isinstance(matter, FrontMatter | PageMatter) else ()

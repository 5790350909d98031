"""Which addresses does a change take away? What answers there from then on is written down with it.

Articles and standing pages get an alias. Lists and authors have no front matter for that: the settings say where they
are now.
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import fields

from gazepress.desk.draft import Draft, Outlook
from gazepress.desk.respell import Renames, new_path
from gazepress.desk.yaml_edits import append_item, get, remove_key, set_key
from gazepress.matter import FrontMatter, PageMatter
from gazepress.settings import SETTINGS_FILE, PolicySettings
from gazepress.stages.plan.recorded import alias_path
from gazepress.stages.plan.site import author_path, section_path, storyline_path, tag_path
from gazepress.urls import decode_path, encode_path


def moved_addresses(draft: Draft, renames: Renames, after: Outlook) -> dict[str, str]:
    """Return the site paths that have changed, each with the new one; those of what is held back too."""
    before = draft.before
    urls: dict[str, str] = {}
    for file, path in before.paths.items():
        new = after.paths.get(renames.replaced.get(file, draft.place(file)), "")
        if new and new != path:
            urls[path] = new
    urls |= _renamed_lists(before, renames)
    return urls | dict(_emptied_lists(draft, after, urls)) if draft.moves or draft.removes else urls


def keep_addresses(draft: Draft, after: Outlook, urls: Mapping[str, str]) -> None:
    """Write into a draft what answers at the public ones of the addresses that have changed."""
    owners = {path: file for file, path in after.paths.items()}
    texts = draft.before.paths
    for file, path in texts.items():
        if path in urls and was_public(draft, file):
            keep = [path, *_aliases(draft.before, file), *_recorded(draft, file)] if file in draft.removes else [path]
            for one in dict.fromkeys(keep):
                _keep(draft, owners[urls[path]], one, urls[path], after)
    others = set(texts.values())
    for path, new in urls.items():
        if path not in others:
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


def keep_names(draft: Draft, after: Outlook) -> bool:
    """Give each article that feeds would call otherwise now its old name as ``id``; tell if any has got one."""
    found = False
    for file, name in draft.before.owners.identities.items():
        place = draft.place(file)
        is_article = place in after.graph.articles or place in after.graph.gone
        if is_article and was_public(draft, file) and after.owners.identities[place] != name:
            draft.edit(file, set_key, "id", name, after="date")
            found = True
    return found


def lost_addresses(draft: Draft, after: Outlook) -> Iterator[str]:
    """Yield the public site paths of texts at which nothing would answer any more."""
    answered = {*after.paths.values(), *_redirects(draft)}
    for file in after.paths:
        answered.update(map(alias_path, _aliases(after, file)))
    for file, path in draft.before.paths.items():
        if was_public(draft, file):
            yield from (one for one in (path, *map(alias_path, _aliases(draft.before, file))) if one not in answered)


def was_public(draft: Draft, file: str) -> bool:
    """Tell whether readers can see a text, or could once: then its address is recorded."""
    graph = draft.before.graph
    text = graph.articles.get(file) or graph.pages.get(file)
    return text is None or text.held is None or bool(_recorded(draft, file))


def _links(text: str) -> Iterator[tuple[str | int, ...]]:
    """Yield the keys of the settings that hold an address, whether they are given or not."""
    for above in (("menu",), ("theme", "links")):
        items = get(text, above)
        yield from ((*above, at, "url") for at in range(len(items) if isinstance(items, list) else 0))
    yield from (("policies", field.name) for field in fields(PolicySettings))


def _keep(draft: Draft, place: str, path: str, new: str, after: Outlook) -> None:
    """Let the text that will be at ``place`` answer at an old path too."""
    file = draft.origin(place)
    matter = after.documents[place].matter
    if not isinstance(matter, FrontMatter | PageMatter):
        _redirect(draft, path, new)
        return
    aliases = get(draft.text(file), "aliases") or []
    if path in map(alias_path, [aliases] if isinstance(aliases, str) else aliases):
        return
    draft.edit(file, append_item, "aliases", encode_path(path), after="slug")


def _redirect(draft: Draft, path: str, new: str) -> None:
    """Write into the settings where an old path leads, and no longer that the new one leads somewhere."""
    known = _redirects(draft)
    if new in known:
        draft.edit(SETTINGS_FILE, remove_key, ("redirects", "moved", new))
    draft.edit(SETTINGS_FILE, set_key, ("redirects", "moved", path), new)


def _redirects(draft: Draft) -> Mapping[str, str]:
    known = get(draft.text(SETTINGS_FILE), ("redirects", "moved"))
    return known if isinstance(known, dict) else {}


def _renamed_lists(before: Outlook, renames: Renames) -> dict[str, str]:
    """Return the site paths of tags, sections and authors without a file that have another name."""
    urls = {tag_path(old): tag_path(new) for old, new in renames.tags.items()}
    urls |= {section_path(old): section_path(new) for old, new in renames.sections.items()}
    without_file = {slug for slug, author in before.graph.authors.items() if not author.id}
    return urls | {
        f"/authors/{old}/": f"/authors/{new}/" for old, new in renames.authors.items() if old in without_file
    }


def _emptied_lists(draft: Draft, after: Outlook, urls: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the site paths of lists in which nothing is left, each with that of the overview that is still there.

    A storyline is known by its first article (``urls.lock`` says so): only where that goes it needs a word.
    """
    for slug, story in draft.before.graph.storylines.items():
        if story.articles[0] in draft.removes:
            yield storyline_path(slug), urls[draft.before.paths[story.articles[0]]]
    was, now = _lists(draft.before), _lists(after)
    for path in was:
        if path not in now and path not in urls:
            overview = "/" + path.split("/")[1] + "/"
            yield path, overview if any(one.startswith(overview) for one in now) else "/"


def _lists(site: Outlook) -> list[str]:
    """Return the site paths of all lists that readers can see, and of the overviews above them."""
    graph, zone = site.graph, site.settings.zone
    shown = {id_ for id_ in graph.listed if graph.articles[id_].held is None}
    dates = {graph.articles[id_].matter.date.astimezone(zone) for id_ in shown}
    settings = {section.slug for section in site.settings.sections}
    lists = [tag_path(slug) for slug, tag in graph.tags.items() if not shown.isdisjoint(tag.articles)]
    lists += [
        section_path(slug)
        for slug, section in graph.sections.items()
        if slug in settings or not shown.isdisjoint(section.articles)
    ]
    lists += [
        author_path(author) for author in graph.authors.values() if author.id or not shown.isdisjoint(author.articles)
    ]
    lists += [f"/archive/{date:%Y}/" for date in dates] + [f"/archive/{date:%Y/%m}/" for date in dates]
    return sorted({*lists, *("/" + one.split("/")[1] + "/" for one in lists)})


def _recorded(draft: Draft, file: str) -> list[str]:
    """Return the site paths that were ever recorded of a text."""
    files = draft.before.owners.files
    return [one.url for one in draft.recorded if files.get(one.id) == file and not one.given_up]


def _aliases(site: Outlook, file: str) -> tuple[str, ...]:
    matter = site.documents[file].matter
    return matter.aliases if isinstance(matter, FrontMatter | PageMatter) else ()

"""Whose is each address that was ever published, what is a text called for ever, and what is to be recorded."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from gazepress.model import Article, Graph, Standing
from gazepress.url_lock import Recorded
from gazepress.urls import decode_path

STORYLINE = "storyline:"
"""What the id of a recorded storyline starts with; the id of its first article comes after it."""


class Owners(Struct, frozen=True):
    """What binds the texts of today to what was recorded."""

    identities: Mapping[str, str]  # file of an article, page or author → what it is called for ever
    files: Mapping[str, str]  # an id as it was recorded → the file of the text that has it now


def alias_path(alias: str) -> str:
    """Return the site path of an old address; one that does not name an HTML file is a folder's."""
    path = decode_path(alias)
    return path if path.endswith(("/", ".html", ".htm")) else path + "/"


def moment(time: datetime) -> str:
    """Return a time as a lock writes it; such texts are in order as the times are."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def find_owners(
    graph: Graph, paths: Mapping[str, str], recorded: Sequence[Recorded], absolute: Callable[[str], str]
) -> Owners:
    """Return what each text is called for ever, and which text each recorded id is now.

    ``paths``: file of a text → its site path; ``absolute`` makes a full address of one. What is certain goes first: a
    text is known by its own ``id:``, by an address that it has or names as its own, by its file; and at last, where an
    article has come up in another folder, by its slug, if only one is missing that had it. A text that nothing is known
    of is called by its own ``id:``, its oldest alias, its address.
    """
    articles = (*graph.articles.values(), *graph.gone.values())
    given = {article.id: article.matter.id for article in articles if article.matter.id}
    texts: tuple[Article | Standing, ...] = (*articles, *graph.pages.values())
    aliases = {text.id: tuple(map(alias_path, text.matter.aliases)) for text in texts if text.matter.aliases}
    bound = _bind(graph, paths, recorded, given, aliases) if recorded else {}
    known = {file: id_ for id_, file in bound.items()} | given
    identities = {
        file: known.get(file) or absolute(aliases[file][0] if file in aliases else path) for file, path in paths.items()
    }
    return Owners(identities, bound)


def owner_path(graph: Graph, paths: Mapping[str, str], owners: Owners, one: Recorded) -> tuple[str, str]:
    """Return the file and the site path of what a recorded address stood for; both empty if it is no longer there.

    A storyline is where its first article is now told, or was before it was retracted: a storyline, or that article
    alone.
    """
    file = owners.files.get(one.id.removeprefix(STORYLINE), "")
    if one.id.startswith(STORYLINE):
        retracted = (story.slug for story in graph.storylines.values() if file in story.retracted)
        slug = graph.storyline_of.get(file) or next(retracted, "")
        if slug:
            return file, f"/storylines/{slug}/"
    return file, paths.get(file, "")


def unrecorded(
    graph: Graph,
    paths: Mapping[str, str],
    owners: Owners,
    recorded: Sequence[Recorded],
    answered: Callable[[str], bool],
) -> Iterator[Recorded]:
    """Yield the lines that the lock lacks, or says otherwise: new addresses, files that have moved, ids given since."""
    lines = {one.url: one for one in recorded}
    for url, file, id_ in _claims(graph, paths, owners):
        line = lines.pop(url, None)
        if line is None or line.line == 0 or (line.file, line.id, line.given_up) != (file, id_, False):
            yield Recorded(url, line.since if line else "", file, id_)
    for one in lines.values():  # where something else answers now, or nothing
        prefix = STORYLINE if one.id.startswith(STORYLINE) else ""
        known = owners.files.get(one.id.removeprefix(prefix))
        id_ = prefix + owners.identities[known] if known else one.id
        file = known if known and not prefix else one.file
        given_up = one.given_up and not answered(one.url)
        if one.line == 0 or (one.file, one.id, one.given_up) != (file, id_, given_up):
            yield Recorded(one.url, one.since, file, id_, given_up)


def _claims(graph: Graph, paths: Mapping[str, str], owners: Owners) -> Iterator[tuple[str, str, str]]:
    """Yield address, file and id of all that is published to stay. Lists of sections and tags come and go."""
    for file, path in paths.items():
        yield path, file, owners.identities[file]
    for story in graph.storylines.values():
        yield f"/storylines/{story.slug}/", "", STORYLINE + owners.identities[story.articles[0]]


def _bind(
    graph: Graph,
    paths: Mapping[str, str],
    recorded: Sequence[Recorded],
    given: Mapping[str, str],
    aliases: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    """Return the recorded ids with the files of the texts that they are now; each id and each text only once."""
    lines = {one.url: one for one in recorded if not one.id.startswith(STORYLINE)}
    ids = {one.id for one in lines.values()} if given else ()
    bound: dict[str, str] = {}
    free = dict.fromkeys(paths)

    def bind(pairs: Iterable[tuple[str, str]]) -> None:
        for file, id_ in pairs:
            if id_ not in bound and file in free:
                bound[id_] = file
                del free[file]

    bind((file, id_) for file, id_ in given.items() if id_ in ids)
    bind((line.file, line.id) for url, line in lines.items() if paths.get(line.file) == url)
    bind((file, lines[paths[file]].id) for file in list(free) if paths[file] in lines)
    bind((file, lines[alias].id) for file in list(free) for alias in aliases.get(file, ()) if alias in lines)
    of_file: dict[str, list[Recorded]] = {}
    for line in lines.values():
        if line.file in free:
            of_file.setdefault(line.file, []).append(line)
    bind((file, min(of_file[file], key=lambda one: (one.since, one.url)).id) for file in list(free) if file in of_file)
    bind(_by_slug(graph, tuple(free), [line for line in lines.values() if line.id not in bound]))
    return bound


def _by_slug(graph: Graph, free: Collection[str], missing: Sequence[Recorded]) -> Iterator[tuple[str, str]]:
    """Yield new articles with the recorded id that each has by its slug, where this is certain.

    The file that had the address is gone, no other text that is new or missing has that slug, and the article was dated
    before the address was recorded: a new report of an old name is another one.
    """
    there = {*graph.articles, *graph.pages, *graph.gone, *(one.path for one in graph.held)}
    there |= {author.id for author in graph.authors.values()}
    gone: dict[str, list[Recorded]] = {}
    for line in missing:
        if line.file not in there:
            gone.setdefault(line.url.rstrip("/").rpartition("/")[2], []).append(line)
    new: dict[str, list[Article]] = {}
    for file in free if gone else ():
        article = graph.articles.get(file)
        if article is not None:
            new.setdefault(article.slug, []).append(article)
    for slug, articles in new.items():
        lines = gone.get(slug, [])
        if len(articles) == 1 and len({line.id for line in lines}) == 1:
            article = articles[0]
            if moment(article.matter.date) <= min(line.since for line in lines):
                yield article.id, lines[0].id

"""Which reports continue each other, and where they do so in a circle or against time."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gazepress.diagnostics import Checked, Diagnostic, Severity, problem
from gazepress.documents import Ref
from gazepress.model import Article, Storyline, Term
from gazepress.stages.graph.edges import STORY, Edge

_LISTED = 5  # files of a circle that a message names

_Steps = Mapping[str, Mapping[str, Ref]]  # article → the articles that it continues, each with its first reference


class Stories(Struct, frozen=True):
    """Storylines by slug, the one last continued first; and the slug of each article's storyline."""

    storylines: Mapping[str, Storyline]
    storyline_of: Mapping[str, str]


def find_storylines(articles: Mapping[str, Article], links: Iterable[Edge]) -> Checked[Stories]:
    """Return the storylines of ``articles`` (newest first). A circle is an error, a step to a newer report a warning.

    A storyline is named after its oldest report; of several with one slug, the later ones get a number.
    """
    steps: dict[str, dict[str, Ref]] = {}
    for edge in links:
        if edge.ref.kind in STORY:
            steps.setdefault(edge.source, {}).setdefault(edge.target, edge.ref)
    if not steps:
        return Checked(Stories({}, {}))
    rank = {article: at for at, article in enumerate(articles)}
    stories = [tuple(sorted(group, key=lambda one: -rank[one])) for group in _groups(steps)]
    stories.sort(key=lambda story: -rank[story[0]])  # the oldest story keeps the plain slug
    found: dict[str, Storyline] = {}
    used: dict[str, int] = {}
    for story in stories:
        first = articles[story[0]]
        slug = _free_slug(first.slug, found, used)
        found[slug] = Storyline(slug, first.matter.title, story)
    newest_first = sorted(found.values(), key=lambda story: rank[story.articles[-1]])
    return Checked(
        Stories(
            {story.slug: story for story in newest_first},
            {article: story.slug for story in newest_first for article in story.articles},
        ),
        (*_steps_to_newer(articles, steps), *_circles(articles, steps)),
    )


def tell_of_retracted(
    stories: Mapping[str, Storyline], articles: Mapping[str, Article], links: Iterable[Edge]
) -> tuple[dict[str, Storyline], tuple[Term, ...]]:
    """Return storylines with the retracted articles that were reports of them, and those that these have left empty.

    ``articles`` are all, newest first, and ``links`` those of all. Where a story falls into two without the report
    between, both tell of it: one feed had been that of both. Where no two reports are left, there is no storyline.
    """
    steps: dict[str, dict[str, Ref]] = {}
    for edge in links:
        if edge.ref.kind in STORY:
            steps.setdefault(edge.source, {})[edge.target] = edge.ref
    rank = {article: at for at, article in enumerate(articles)}
    told = {one for story in stories.values() for one in story.articles}
    former: dict[str, tuple[str, ...]] = {}
    emptied: dict[str, Term] = {}
    used: dict[str, int] = {}
    for group in sorted((sorted(one, key=rank.__getitem__) for one in _groups(steps)), key=lambda one: -rank[one[-1]]):
        lost = tuple(one for one in group if articles[one].matter.retracted)
        former |= dict.fromkeys(group, lost) if lost else {}
        if lost and told.isdisjoint(group):
            first = articles[group[-1]]
            slug = _free_slug(first.slug, {*stories, *emptied}, used)
            left = tuple(one for one in group if one not in lost)
            emptied[slug] = Term(slug, first.matter.title, left, retracted=lost)
    told_of = {slug: replace(story, retracted=former.get(story.articles[0], ())) for slug, story in stories.items()}
    return told_of, tuple(emptied.values())


def _groups(steps: _Steps) -> Iterator[list[str]]:
    """Yield the articles that are connected, whatever the direction, by steps of any number."""
    joined: dict[str, set[str]] = {}
    for source, continued in steps.items():
        for target in continued:
            joined.setdefault(source, set()).add(target)
            joined.setdefault(target, set()).add(source)
    seen: set[str] = set()
    for start in joined:
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for article in group:  # grows while it is walked
            fresh = joined[article] - seen
            seen |= fresh
            group += fresh
        yield group


def _free_slug(slug: str, taken: Collection[str], used: dict[str, int]) -> str:
    free = slug
    while free in taken:
        used[slug] = used.get(slug, 1) + 1
        free = f"{slug}-{used[slug]}"
    return free


def _steps_to_newer(articles: Mapping[str, Article], steps: _Steps) -> Iterator[Diagnostic]:
    for source, continued in steps.items():
        for target, ref in continued.items():
            if articles[target].matter.date.timestamp() > articles[source].matter.date.timestamp():
                message = f"this report follows {target}, which is newer"
                hint = "check the two dates, or turn the reference around"
                yield problem("follows-newer", message, path=source, line=ref.line, column=ref.column, hint=hint)


def _circles(articles: Mapping[str, Article], steps: _Steps) -> Iterator[Diagnostic]:
    """Yield a problem for each circle, at the reference that closes it when the newest report is read first.

    The walk keeps its own stack: a story may have more parts than Python allows calls. A circle is not copied out of
    the trail: a long story may hold as many long circles as it has parts.
    """
    done: set[str] = set()
    for start in articles:
        if start in done or start not in steps:
            continue
        trail = [start]
        place = {start: 0}  # where each article of the trail stands in it
        ahead = [iter(steps[start].items())]
        held = [0, int(articles[start].held is not None)]  # how many of the trail's first ones are held back
        while trail:
            here = trail[-1]
            target, ref = next(ahead[-1], ("", None))
            if ref is None:
                done.add(here)
                del place[here]
                trail.pop()
                ahead.pop()
                held.pop()
            elif target in place:
                public = held[place[target]] == held[-1]
                yield _circle(trail, place[target], ref, Severity.ERROR if public else Severity.NOTE)
            elif target not in done and target in steps:
                place[target] = len(trail)
                trail.append(target)
                ahead.append(iter(steps[target].items()))
                held.append(held[-1] + int(articles[target].held is not None))


def _circle(trail: Sequence[str], start: int, ref: Ref, severity: Severity) -> Diagnostic:
    length = len(trail) - start
    names = [*trail[start : start + _LISTED - 1], f"… ({length} files) …", trail[-1]]
    if length <= _LISTED:
        names = [*trail[start:]]
    return problem(
        "storyline-cycle",
        f"reports follow each other in a circle: {' → '.join((*names, trail[start]))}",
        path=trail[-1],
        line=ref.line,
        column=ref.column,
        hint="remove one of these `follows:` or earlier-coverage links",
        severity=severity,
    )

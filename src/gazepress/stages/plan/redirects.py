"""Where do old addresses lead? One table says it, for pages that send browsers on and for the rules of servers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.located import Located
from gazepress.model import Article, Planned, Standing
from gazepress.outlines import AuthorOutline, DirectoryOutline, ListOutline, RedirectOutline, StorylineOutline
from gazepress.settings import SETTINGS_FILE
from gazepress.sources import LOCK_FILE
from gazepress.stages.plan.recorded import STORYLINE, alias_path, moment, owner_path
from gazepress.stages.plan.site import Site
from gazepress.url_lock import Recorded
from gazepress.urls import collision_key, decode_path, output_file, scheme

MOVED, GONE = 301, 410
_LISTS = (ListOutline, AuthorOutline, StorylineOutline, DirectoryOutline)


class Redirect(Struct, frozen=True):
    """An old address. ``target`` is a site path or a full address, and empty where nothing is any longer (410)."""

    source: str  # site path
    target: str
    status: int
    file: str  # the file that says so
    title: str = ""
    lang: str = ""

    @property
    def is_respelled(self) -> bool:
        """Tell whether some disks and servers take both addresses for one: they differ in case or Unicode form."""
        if scheme(self.target):
            return False
        here, there = output_file(self.source), output_file(self.target.partition("#")[0])
        return here != there and collision_key(here) == collision_key(there)


def find_redirects(site: Site, outputs: Sequence[Planned]) -> Checked[tuple[Redirect, ...]]:
    """Return all redirects of the site, each straight to where it ends; ``outputs`` is all that it answers with.

    They come from ``aliases:``, from ``redirects: {moved: …}`` in the settings, and from what is recorded: whatever was
    published leads to where its text is now. Errors: ``redirect-loop``, ``link-broken`` where a redirect of the
    settings ends nowhere, and ``url-lost`` for a recorded address that nothing is left of.
    """
    table = _aliases(site)
    answers = {output.url: output for output in outputs}
    moved = _moved(site, table, answers)
    table += moved.value
    taken = Taken(outputs, table)
    sent_on = {one.source: one for one in table}
    together = {one.id: sent_on[one.url] for one in site.recorded if one.url in sent_on}
    found: list[Redirect] = []
    lost: dict[str, list[Recorded]] = {}  # by what the text was called
    for one in site.recorded:
        if one.url in taken.urls:
            continue
        file, target = owner_path(site.graph, site.paths, site.owners, one)
        here = _to_text(site, one.url, file, target) if target else None
        if taken.answers(one.url) and not (here and here.is_respelled):
            continue
        if here:
            found.append(here)
            found += (each for each in _below(here, answers) if not taken.answers(each.source))
        elif one.id in together:  # who sends readers of one address elsewhere means the text
            found.append(replace(together[one.id], source=one.url))
        elif one.given_up:
            found.append(Redirect(one.url, "", GONE, LOCK_FILE))
        elif not one.id.startswith(STORYLINE):
            lost.setdefault(one.id, []).append(one)
    found += (Redirect(site.paths[file], "", GONE, file) for file in site.graph.gone)
    return Checked((*table, *found), (*moved.diagnostics, *_lost(site, lost.values())))


def stubs(site: Site, redirects: Sequence[Redirect]) -> Iterator[Planned]:
    """Yield the pages that send browsers on, for servers that know no rules. For a feed only a rule can do that.

    Where an address is only spelled otherwise, such a page would lie over the one that it leads to.
    """
    for one in redirects:
        if one.status == MOVED and one.source.endswith(("/", ".html", ".htm")) and not one.is_respelled:
            full = one.target if scheme(one.target) else site.frame.absolute(one.target)
            yield Planned(one.source, RedirectOutline(one.title, full, one.lang), (one.file,))


def has_moved(site: Site, page: str) -> bool:
    """Tell whether the settings send readers of a list elsewhere, with all that stands below it."""
    moved = {_old_path(old): decode_path(new.text) for old, new in site.settings.redirects.moved.items()}
    return page in moved and not page.startswith(moved[page])


class Taken:
    """Which addresses something answers, those that some disks take for the same included."""

    def __init__(self, outputs: Sequence[Planned], table: Sequence[Redirect]) -> None:
        self.urls = {output.url for output in outputs} | {one.source for one in table if one.status == MOVED}
        self._keys: set[str] = set()

    def answers(self, url: str) -> bool:
        """Tell whether something answers there."""
        if url in self.urls:
            return True
        self._keys = self._keys or {collision_key(output_file(one)) for one in self.urls}
        return collision_key(output_file(url)) in self._keys


def _aliases(site: Site) -> list[Redirect]:
    graph = site.graph
    texts: tuple[Article | Standing, ...] = (*graph.articles.values(), *graph.pages.values(), *graph.gone.values())
    found: list[Redirect] = []
    for text in texts:
        if text.matter.aliases:
            own = site.paths[text.id]
            others = [one for one in map(alias_path, text.matter.aliases) if output_file(one) != output_file(own)]
            found += (_to_text(site, alias, text.id, own) for alias in dict.fromkeys(others))
    return found


def _to_text(site: Site, source: str, file: str, target: str) -> Redirect:
    text = site.graph.articles.get(file) or site.graph.pages.get(file) or site.graph.gone.get(file)
    lang = (text.matter.lang if text else "") or site.settings.language
    return Redirect(source, target, MOVED, file, site.links[file].title, lang)


def _moved(site: Site, aliases: Sequence[Redirect], answers: Mapping[str, Planned]) -> Checked[list[Redirect]]:
    """Return the redirects of the settings. What stands below the old address of a list has moved with it.

    A list that has articles again answers itself: that happens by the hour alone, and must not stop a build.
    """
    steps = {_old_path(old): new for old, new in site.settings.redirects.moved.items()}
    known = {one.source: one.target for one in aliases}
    found: list[Redirect] = []
    shown = [one for one in steps if one in answers and isinstance(answers[one].outline, _LISTS)]
    problems = [
        _at(steps.pop(one), "redirect-unused", f"{one!r} leads nowhere else: articles stand there") for one in shown
    ]
    for source, written in steps.items():
        target = _end(source, steps, known)
        if target is None:
            problems.append(_at(written, "redirect-loop", f"{source!r} leads back to itself"))
        elif not scheme(target) and target.partition("#")[0] not in answers:
            message = f"{source!r} leads to {target!r}, which this site does not have"
            problems.append(_at(written, "link-broken", message))
        elif source in answers and not source.endswith(("/", ".html", ".htm")):
            message = f"{source!r} cannot lead elsewhere: the site answers there"
            problems.append(_at(written, "url-collision", message))
        else:
            page = answers.get(target)
            title = _title(site, page) if page else target
            here = Redirect(source, target, MOVED, SETTINGS_FILE, title, site.settings.language)
            below = (one for one in _below(here, answers) if one.source not in steps and one.source not in answers)
            found += (here, *below)
    return Checked(found, tuple(problems))


def _old_path(written: str) -> str:
    """Return the site path of an old address in the settings: a last step without a dot is a folder's."""
    path = decode_path(written)
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else path + "/"


def _end(source: str, steps: Mapping[str, Located], known: Mapping[str, str]) -> str | None:
    """Return where a chain of redirects ends, None if it never does."""
    here, seen = source, set[str]()
    while here in steps or here in known:
        if here in seen:
            return None
        seen.add(here)
        written = steps[here].text if here in steps else known[here]
        path, mark, fragment = written.partition("#")
        here = written if scheme(written) else decode_path(path) + mark + fragment
    return here


def _below(here: Redirect, answers: Mapping[str, Planned]) -> Iterator[Redirect]:
    """Yield redirects to all that stands below the new address of a list: its older pages and its feeds.

    A list that leads to the overview above it, since it is empty, never had below it what the overview has.
    """
    page = answers.get(here.target)
    if page is None or not isinstance(page.outline, _LISTS) or not here.source.endswith("/"):
        return
    if here.source.startswith(here.target):
        return
    for url in answers:
        if url.startswith(here.target) and url != here.target:
            source = here.source + url.removeprefix(here.target)
            yield Redirect(source, url, MOVED, here.file, here.title, here.lang)


def _title(site: Site, page: Planned) -> str:
    file = page.sources[0] if page.sources else ""
    title: str = getattr(page.outline, "title", "")
    return title or (site.links[file].title if file in site.links else site.settings.title)


def _lost(site: Site, texts: Iterable[Sequence[Recorded]]) -> Iterator[Diagnostic]:
    """Yield a problem for each text of which nothing is left at its recorded addresses, with the ways to mend it.

    In a build of an hour at which they were not recorded yet, a text that is held back is only early.
    """
    reasons = {one.path: one for one in site.graph.held}
    for lines in texts:
        newest = max(lines, key=lambda one: one.since)
        urls = sorted(one.url for one in lines)
        held = reasons.get(newest.file)
        give_up = f"let it go: gazepress build {' '.join(f'--accept-lost {url}' for url in urls)}"
        if held is None:
            why = f"{newest.file} is gone"
            hint = (
                f"add `aliases: [{', '.join(urls)}]` to the text that took its place, or send readers elsewhere with "
                f"`redirects: {{moved: …}}` in {SETTINGS_FILE}, or bring the file back and retract it, or {give_up}"
            )
        elif held.until is None or newest.since <= moment(site.graph.as_of):
            why, hint = f"{newest.file} is held back ({held.reason.value})", f"publish it again, or {give_up}"
        else:
            continue
        message = f"{' and '.join(urls)} would be lost: {why}, and was published there"
        yield problem("url-lost", message, path=LOCK_FILE, line=newest.line, column=1, hint=hint)


def _at(place: Located, code: str, message: str) -> Diagnostic:
    hint = "correct it, or take it out"
    return problem(code, message, path=SETTINGS_FILE, line=place.line, column=place.column, hint=hint)

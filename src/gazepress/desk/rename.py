"""How do articles, pages, authors, tags and sections get another name? Everything that leads to them follows."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from gazepress.desk.addresses import (
    keep_addresses,
    keep_names,
    lead_settings,
    lost_addresses,
    moved_addresses,
)
from gazepress.desk.draft import Draft, Outlook, plan_problems
from gazepress.desk.edits import ChangeError
from gazepress.desk.respell import Renames, respell
from gazepress.desk.yaml_edits import get, remove_key, set_key
from gazepress.diagnostics import Diagnostic, Severity, problem
from gazepress.folding import fold
from gazepress.graph_export import find_article
from gazepress.matter import one_line
from gazepress.model import Author
from gazepress.settings import SETTINGS_FILE
from gazepress.urls import slugify

_ARTICLES, _PAGES, _AUTHORS = "content/articles/", "content/pages/", "content/authors/"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TEXT_NAME = re.compile(r"[^._/][^/]*\.(?:md|markdown)", re.IGNORECASE)


def find_text(draft: Draft, written: str) -> str:
    """Return the file of the article that a slug, title or path means, or of a page or author named by its path.

    Raises ChangeError where there is none, or more than one.
    """
    path = posixpath.normpath(written.strip()) if written.strip() else ""
    if path in draft.before.paths:
        return path
    found = find_article(draft.before.graph, written)
    if found.value is None:
        raise ChangeError(*found.diagnostics)
    return found.value


def retitle(draft: Draft, article: str, title: str) -> Outlook:
    """Give an article another headline; references that name it by the old one follow. Raises ChangeError."""
    title = one_line(title)
    if not title:
        raise ChangeError(problem("wrong-value", "a headline needs words", path=article))
    draft.edit(article, set_key, "title", title)
    return settle(draft, Renames())


def move_text(draft: Draft, file: str, new: str) -> Outlook:
    """Give a text another path or, where ``new`` is a slug, another name in its address. Raises ChangeError.

    A path counts from the site folder, or from the folder of all texts of the kind; a mere name stays in its folder.
    """
    if "/" in new or new.lower().endswith((".md", ".markdown")):
        return _move_to(draft, file, new)
    if not _SLUG.fullmatch(new):
        plain = slugify(new)
        hint = f"write {plain}" if plain else "use a-z, 0-9 and hyphens"
        raise ChangeError(problem("wrong-value", f"a slug cannot be {new!r}", path=file, hint=hint))
    folder, _, name = file.rpartition("/")
    if get(draft.text(file), "slug") or name.startswith("index."):
        draft.edit(file, set_key, "slug", new, after="title")
        return settle(draft, _author_renames(draft, file, new))
    return _move_to(draft, file, f"{folder}/{new}.{name.rpartition('.')[2]}")


def rename_tag(draft: Draft, old: str, new: str) -> Outlook:
    """Spell a tag otherwise in all articles; where they have the new one too, the old one goes. Raises ChangeError."""
    slugs = {slug: term.label for slug, term in draft.before.graph.tags.items()}
    slug, new_slug = _known("tag", slugs, old, draft), _new_slug(draft, new)
    tag = draft.before.graph.tags[slug]
    for file in (*tag.articles, *tag.retracted):
        _replace_entries(draft, file, "tags", slug, new)
    return settle(draft, Renames(tags={} if slug == new_slug else {slug: new_slug}))


def rename_section(draft: Draft, old: str, new: str) -> Outlook:
    """Give a section another name in the settings and in its articles; texts that lie in its folder move along."""
    slugs = {slug: term.label for slug, term in draft.before.graph.sections.items()}
    slug, new_slug = _known("section", slugs, old, draft), _new_slug(draft, new)
    if new_slug != slug and new_slug in slugs:
        hint = "move the articles of the one into the folder of the other, and remove it from the settings"
        raise ChangeError(
            problem("file-exists", f"there is a section {new_slug!r} already", path="site.yaml", hint=hint)
        )
    is_set = any(one.slug == slug for one in draft.before.settings.sections)
    for at, setting in enumerate(draft.before.settings.sections):
        if setting.slug == slug:
            draft.edit(SETTINGS_FILE, set_key, ("sections", at, "slug"), new_slug)
            if new != new_slug:
                draft.edit(SETTINGS_FILE, set_key, ("sections", at, "name"), new)
    section = draft.before.graph.sections[slug]
    for file in (*section.articles, *section.retracted):
        if get(draft.text(file), "section"):
            draft.edit(file, set_key, "section", new)
        else:
            steps = file.split("/")
            at = next(at for at, step in enumerate(steps) if at > 1 and not step.isdigit())
            draft.moves[file] = "/".join((*steps[:at], new_slug, *steps[at + 1 :]))
            if not is_set and new != new_slug:  # the folder's name says it less well
                draft.edit(file, set_key, "section", new, after="date")
    return settle(draft, Renames(sections={} if slug == new_slug else {slug: new_slug}))


def rename_author(draft: Draft, old: str, new: str) -> Outlook:
    """Give an author another name, or another slug where ``new`` is one and the author has a file."""
    slugs = {slug: author.name for slug, author in draft.before.graph.authors.items()}
    author = draft.before.graph.authors[_known("author", slugs, old, draft)]
    if author.id and _SLUG.fullmatch(new):
        return move_text(draft, author.id, new)
    if author.id:
        draft.edit(author.id, set_key, "name", new)
    _name_authors(draft, author, new)
    new_slug = author.slug if author.id else _new_slug(draft, new)
    return settle(draft, Renames(authors={author.slug: new_slug}))


def settle(draft: Draft, renames: Renames) -> Outlook:
    """End a change: references follow, old addresses answer, and the site is whole. Raises ChangeError if it is not."""
    first = draft.outlook()
    urls = moved_addresses(draft, renames, first)
    keep_addresses(draft, first, urls)
    lead_settings(draft, urls)
    after = respell(draft, renames, urls)
    if keep_names(draft, after):
        after = draft.outlook()
    found = [*_new_errors(draft, after), *_other_terms(draft, renames, after)]
    found += [
        problem("edit-refused", f"nothing would answer at {one} any more", path=SETTINGS_FILE)
        for one in lost_addresses(draft, after)
    ]
    if found:
        raise ChangeError(*found)
    return after


def _move_to(draft: Draft, file: str, new: str) -> Outlook:
    root = next(one for one in (_ARTICLES, _PAGES, _AUTHORS) if file.startswith(one))
    path = new if new.startswith("content/") else root + new if "/" in new else f"{posixpath.dirname(file)}/{new}"
    if path.endswith("/"):
        path += posixpath.basename(file)
    path = posixpath.normpath(path)
    steps = path.removeprefix(root).split("/")
    if not path.startswith(root) or not _TEXT_NAME.fullmatch(steps[-1]) or any(one[:1] in "._" for one in steps):
        hint = f"write a path below {root} that ends in .md, or a slug"
        raise ChangeError(problem("wrong-value", f"{new!r} is no place for this text", path=file, hint=hint))
    if (draft.newsroom.site / path).exists():
        hint = "choose another name, or move that file away first"
        raise ChangeError(problem("file-exists", "there is a file of this name already", path=path, hint=hint))
    if (draft.newsroom.site / file).is_symlink():
        raise ChangeError(problem("edit-refused", "a symbolic link cannot be moved", path=file, hint="move it by hand"))
    draft.moves[file] = path
    slug = posixpath.basename(path).rpartition(".")[0]
    return settle(draft, _author_renames(draft, file, slug))


def _author_renames(draft: Draft, file: str, slug: str) -> Renames:
    """Return what is renamed when a text gets another slug, and let articles name the author by it."""
    author = next((one for one in draft.before.graph.authors.values() if one.id == file), None)
    if author is None:
        return Renames()
    if get(draft.text(file), "slug") == author.slug:
        slug = author.slug
    _name_authors(draft, author, slug, only_slugs=True)
    return Renames(authors={author.slug: slug})


def _name_authors(draft: Draft, author: Author, new: str, *, only_slugs: bool = False) -> None:
    """Write ``new`` into the bylines that name an author by name, or by slug and file where only these change."""
    stem = posixpath.basename(author.id).rpartition(".")[0]
    for file in (*author.articles, *author.retracted):
        entries = get(draft.text(file), "authors")
        for at, entry in enumerate([entries] if isinstance(entries, str) else entries or []):
            is_slug = entry in {author.slug, stem} and bool(author.id)
            is_name = not is_slug and (slugify(entry) == author.slug or fold(entry) == fold(author.name))
            if is_slug if only_slugs else is_name:
                key = ("authors",) if isinstance(entries, str) else ("authors", at)
                draft.edit(file, set_key, key, new)


def _replace_entries(draft: Draft, file: str, key: str, slug: str, new: str) -> None:
    """Write ``new`` for the entries of a list that have this slug; it will be there once."""
    language = _language(draft)
    entries = get(draft.text(file), key)
    listed = [entries] if isinstance(entries, str) else list(entries or [])
    wanted = slugify(new, language)
    has_new = slug != wanted and any(slugify(one, language) == wanted for one in listed)
    first = True
    for at in reversed([at for at, one in enumerate(listed) if slugify(one, language) == slug]):
        steps = (key,) if isinstance(entries, str) else (key, at)
        if has_new or not first:
            draft.edit(file, remove_key, steps)
        else:
            draft.edit(file, set_key, steps, new)
            first = False


def _known(kind: str, labels: dict[str, str], written: str, draft: Draft) -> str:
    """Return the slug of a tag, section or author that is written as slug or name."""
    slug = slugify(written, _language(draft))
    for known, label in labels.items():
        if written == known or fold(label) == fold(written):
            return known
    if slug in labels:
        return slug
    from rapidfuzz import process

    near = process.extractOne(slug, list(labels), score_cutoff=60)
    hint = f"did you mean {near[0]}?" if near else ""
    raise ChangeError(problem("reference-unknown", f"there is no {kind} {written!r}", hint=hint))


def _new_slug(draft: Draft, new: str) -> str:
    slug = slugify(new, _language(draft))
    if not slug or new != " ".join(new.split()):
        hint = "write it with letters or digits"
        raise ChangeError(problem("wrong-value", f"no address can be made of {new!r}", hint=hint))
    return slug


def _language(draft: Draft) -> str:
    return draft.before.settings.language.partition("-")[0]


def _new_errors(draft: Draft, after: Outlook) -> Iterator[Diagnostic]:
    """Yield the errors that a build would meet after the change, and did not before."""
    errors = [one for one in _all_problems(draft, after) if one.severity is Severity.ERROR]
    if not errors:
        return
    before = [one for one in _all_problems(draft, draft.before) if one.severity is Severity.ERROR]
    known = Counter(one.code for one in before)
    grown = {code for code, count in Counter(one.code for one in errors).items() if count > known[code]}
    old = {(one.code, one.message) for one in before}
    yield from (one for one in errors if one.code in grown and (one.code, one.message) not in old)


def _all_problems(draft: Draft, site: Outlook) -> tuple[Diagnostic, ...]:
    return (*site.diagnostics, *plan_problems(draft, site))


def _other_terms(draft: Draft, renames: Renames, after: Outlook) -> Iterator[Diagnostic]:
    """Yield a problem for each article that would stand under other tags or authors than it did."""
    for file, article in draft.before.graph.articles.items():
        if file in draft.removes:
            continue
        now = after.graph.articles.get(draft.place(file))
        if now is None or now.matter.retracted:  # it stands under nothing any more
            continue
        tags = dict.fromkeys(renames.tags.get(slug, slug) for slug in article.tags)
        authors = dict.fromkeys(renames.authors.get(slug, slug) for slug in article.authors)
        sections = {renames.sections.get(article.section, article.section)}
        is_moved = file in draft.moves and not renames.sections
        if set(tags) != set(now.tags) or set(authors) != set(now.authors):
            hint = "make the change by hand: nothing was changed"
            yield problem("edit-refused", "this would get other tags or authors", path=file, hint=hint)
        elif now.section not in sections and not is_moved:
            hint = "write its section into the front matter first"
            yield problem("edit-refused", f"this would come into the section {now.section!r}", path=file, hint=hint)

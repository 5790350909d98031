"""Which articles are one report in several languages, and where `translates:` says what cannot be."""

from collections.abc import Iterable, Mapping

from gazepress.diagnostics import Checked, Diagnostic, Severity, problem
from gazepress.documents import RefKind
from gazepress.model import Article
from gazepress.stages.graph.edges import Edge
from gazepress.stages.graph.texts import ARTICLES


def find_translations(
    articles: Mapping[str, Article], links: Iterable[Edge], language: str
) -> Checked[dict[str, tuple[str, ...]]]:
    """Return for each article that there is in several languages all of these, the original first, then by language.

    Such a set is an original and what translates it; ``language`` is that of the site. Errors: a translation of a
    translation, and two texts of one language in a set; what is held back never takes the place of what is public.
    """
    translates = RefKind.TRANSLATES
    steps = {edge.source: edge for edge in links if edge.ref.kind is translates}
    sets: dict[str, dict[str, str]] = {}  # by original: language → article
    problems: list[Diagnostic] = []
    for edge in sorted(steps.values(), key=lambda one: (articles[one.source].held is not None, one.source)):
        if edge.target in steps:
            problems.append(_chain(articles, edge, steps))
            continue
        tag, original = _language(articles[edge.source], language), _language(articles[edge.target], language)
        members = sets.setdefault(edge.target, {original: edge.target})
        other = members.setdefault(tag, edge.source)
        if other != edge.source:
            problems.append(_same_language(articles, edge, other, tag))
    found: dict[str, tuple[str, ...]] = {}
    for original, members in sets.items():
        others = sorted((tag, article) for tag, article in members.items() if article != original)
        if others:
            one_set = (original, *(article for _, article in others))
            found |= dict.fromkeys(one_set, one_set)
    return Checked(found, tuple(problems))


def _language(article: Article, language: str) -> str:
    """Return the language of an article as two tags are compared (BCP 47: without case)."""
    return (article.matter.lang or language).lower()


def _chain(articles: Mapping[str, Article], edge: Edge, steps: Mapping[str, Edge]) -> Diagnostic:
    original = steps[edge.target].target
    hint = "name the original, which translates nothing"
    if original not in steps:
        hint = f"name the original: `translates: {original.removeprefix(ARTICLES)}`"
    message = f"this translates {edge.target}, which is a translation itself"
    return _problem("translation-chain", message, edge, hint, articles, original)


def _same_language(articles: Mapping[str, Article], edge: Edge, other: str, tag: str) -> Diagnostic:
    message = f"there is a translation of {edge.target} into {tag!r} already: {other}"
    hint = "let one of the two translate it, and the other name it in `related:`"
    if other == edge.target:
        message = f"this is in the language of what it translates, {tag!r}: {other}"
        hint = "set `lang:` to the language of this text, or take `translates:` out"
    return _problem("translation-language", message, edge, hint, articles, other)


def _problem(code: str, message: str, edge: Edge, hint: str, articles: Mapping[str, Article], third: str) -> Diagnostic:
    """Return a problem at a reference; where one of the articles is held back, nothing is wrong yet."""
    public = all(articles[one].held is None for one in (edge.source, edge.target, third))
    return problem(
        code,
        message,
        path=edge.source,
        line=edge.ref.line,
        column=edge.ref.column,
        hint=hint,
        severity=None if public else Severity.NOTE,
    )

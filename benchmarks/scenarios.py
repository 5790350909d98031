"""What happens to an archive between two builds."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from generators import Generator
from make_archive import Article, make_article, write_article

FOOTER_NOTE = {
    "gazepress": "templates/partials/footer-note.html",
    "hugo": "layouts/_partials/footer-note.html",
    "pelican": "theme/templates/partials/footer-note.html",
}
MADE = ("public", ".gazepress", "resources", ".hugo_build.lock")  # all that any of them leaves behind


@dataclass
class Site:
    """One generator's copy of the archive, and what its output must hold by now."""

    generator: Generator
    folder: Path
    articles: list[Article]  # the oldest first
    edition: int = 0

    @property
    def output(self) -> Path:
        """Where it builds."""
        return self.folder / "public"

    def put(self, article: Article) -> None:
        """Add or replace an article."""
        self.articles[article.number : article.number + 1] = [article]
        earlier = None if article.earlier is None else self.articles[article.earlier]
        write_article({self.folder: self.generator.form}, article, earlier)

    def put_edition(self, number: int) -> None:
        """Write the partial template that every page shows."""
        self.edition = number
        file = self.folder / FOOTER_NOTE[self.generator.form]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<p>Edition {number}</p>\n", "utf-8")


@dataclass(frozen=True)
class Edit:
    """What must be seen after the next build: text that is ``gone``, and ``articles`` (their numbers) as they are."""

    gone: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()


def _clean(site: Site, _number: int) -> Edit:
    for name in MADE:
        path = site.folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return Edit()


def _nothing(_site: Site, _number: int) -> Edit:
    return Edit()


def _body(site: Site, number: int) -> Edit:
    old = site.articles[len(site.articles) // 2 + number]
    site.put(replace(old, order=f"GB-{old.number:06}-edited-{number}"))
    return Edit((old.order,), (old.number,))


def _title(site: Site, number: int) -> Edit:
    referred = Counter(article.earlier for article in site.articles)
    once = [article for article in site.articles[len(site.articles) // 3 :] if referred[article.number] == 1]
    old = once[number]
    site.put(replace(old, title=f"Edited {number} {old.title.split(' ', 1)[1]}"))
    referring = next(article for article in site.articles if article.earlier == old.number)
    site.put(referring)  # it names the article by its title
    return Edit((old.title,), (old.number, referring.number))


def _new(site: Site, _number: int) -> Edit:
    last = site.articles[-1]
    site.put(make_article(last.number + 1, last.date + timedelta(minutes=1), last.seed))
    return Edit(articles=(last.number + 1,))


def _template(site: Site, _number: int) -> Edit:
    old = site.edition
    site.put_edition(old + 1)
    return Edit((f"<p>Edition {old}</p>",))


CLEAN = "clean"
SCENARIOS: dict[str, Callable[[Site, int], Edit]] = {
    CLEAN: _clean,
    "nothing changed": _nothing,
    "one body edit": _body,
    "one title edit": _title,
    "one new article": _new,
    "one partial template edit": _template,
}
"""Each changes a site in the round of that number, in its own way each time."""

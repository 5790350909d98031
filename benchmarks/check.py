"""Whether a built site is what its sources ask for: every page there, new text shown, old text nowhere."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from make_archive import PER_PAGE, Article
from measure import BuildError
from scenarios import Edit, Site

FULLY_READ = 10_000  # of more articles, about so many are read; that a page is there is asked for all


def check(site: Site, edit: Edit) -> None:
    """Compare the output with the articles and with the ``edit`` before the build.

    Raises BuildError at the first thing that is wrong.
    """
    articles = site.articles
    step = max(1, len(articles) // FULLY_READ)
    for article in articles[::-step]:
        _check_article(site, article)
    for number in edit.articles:
        _check_article(site, articles[number])
    for number in {len(articles) - 1, *edit.articles}:
        _check_lists(site, articles[number])
    _check_pages(site)
    _check_gone(site.output, edit.gone)


def _check_article(site: Site, article: Article) -> None:
    told = [f"<h1>{article.title}</h1>", article.order, f"<p>Edition {site.edition}</p>"]
    if article.earlier is not None:
        told.append(site.articles[article.earlier].title)
    _must_hold(site.output / article.address / "index.html", told)


def _check_lists(site: Site, article: Article) -> None:
    newer = Counter(address for other in site.articles[article.number + 1 :] for address in _lists(other))
    older = Counter(address for other in site.articles[: article.number] for address in _lists(other))
    for address in _lists(article):
        if newer[address] < PER_PAGE:
            page = _page(address, 0)
        elif site.generator.form == "gazepress":  # numbers its pages from the oldest article
            page = _page(address, older[address] // PER_PAGE + 1)
        else:
            page = _page(address, newer[address] // PER_PAGE + 1)
        _must_hold(site.output / page, [article.title])
    for address in ("", f"sections/{article.section}/"):
        if newer[address] < PER_PAGE:
            _must_hold(site.output / address / "feed.xml", [article.title, article.order])


def _check_pages(site: Site) -> None:
    longest = Counter(address for article in site.articles for address in _lists(article))
    for address, count in longest.items():
        last = (count - 1) // PER_PAGE
        first = 1 if site.generator.form == "gazepress" else 2
        _must_exist(site.output / _page(address, number) for number in (0, *range(first, first + last)))
    _must_exist(site.output / article.address / "index.html" for article in site.articles)
    # A large sitemap may be an index and several files.
    texts = [
        file.read_text("utf-8") for part in ("sitemap*.xml", "sitemaps/**/*.xml") for file in site.output.glob(part)
    ]
    listed = {address for text in texts for address in re.findall("<loc>https://bench.example/([^<]*)</loc>", text)}
    missing = {*longest, *(article.address for article in site.articles)} - listed
    if missing:
        raise BuildError(f"{len(missing)} pages are not in the sitemap, such as {min(missing)}")


def _lists(article: Article) -> Iterator[str]:
    yield ""
    yield f"sections/{article.section}/"
    yield f"authors/author-number-{article.author}/"
    for tag in article.tags:
        yield f"tags/topic-{tag}/"


def _page(address: str, number: int) -> str:
    return f"{address}index.html" if number == 0 else f"{address}page/{number}/index.html"


def _must_exist(files: Iterable[Path]) -> None:
    for file in files:
        if not file.is_file():
            raise BuildError(f"{file} is missing")


def _must_hold(file: Path, texts: list[str]) -> None:
    _must_exist([file])
    found = file.read_text("utf-8")
    for text in texts:
        if text not in found:
            raise BuildError(f"{file} lacks {text!r}")


def _check_gone(output: Path, texts: tuple[str, ...]) -> None:
    if not texts:
        return
    patterns = [word for text in texts for word in ("-e", text)]
    # grep reads a gigabyte in a second or two, so that the whole output can be searched each time.
    done = subprocess.run(
        ["grep", "-rlF", *patterns, str(output)], env={"LC_ALL": "C"}, check=False, capture_output=True, text=True
    )
    if done.returncode > 1:
        raise RuntimeError(done.stderr)
    if done.stdout:
        raise BuildError(f"old text of {texts} is still in {done.stdout.splitlines()[0]}")

"""Write a made-up archive, the same for the same seed: python benchmarks/make_archive.py FOLDER ARTICLES.

The archive exists in the formats of gazepress, Hugo and Pelican, with the same articles in each; what the two others
need to show about the same pages lies in ``hugo/`` and ``pelican/`` beside this file.
"""

import argparse
import random
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, repeat
from pathlib import Path

SECTIONS = ("industry", "procurement", "technology", "air-defense", "policy", "analysis", "naval", "space")
WORDS = (
    "the a of to and in for on with by from at after before under over between ministry company contract system drone"
    " interceptor radar factory order delivery budget test range depot crew engineer officer supplier board line"
    " capacity month year quarter price license partner program agreement review sample exercise field sensor network"
    " battery engine airframe seeker launcher shell propellant steel chip module software standard inspection training"
    " said added noted expects plans builds buys tests repairs delivers funds studies extends doubles halves approves"
    " new second joint domestic foreign early late slow rapid cheap costly reliable local European northern eastern"
).split()
AUTHORS = 60
TAGS = 400
TAG_WEIGHTS = tuple(accumulate(1 / rank for rank in range(1, TAGS + 1)))  # Zipf's law
READ_MORE = 0.8  # the share of articles that name an earlier one
READ_MORE_REACH = 500  # how many articles back it may lie
PER_PAGE = 30  # how many articles a page of a list shows, in all generators
FIRST_DAY = datetime(2015, 1, 1)  # noqa: DTZ001 - an editor's time of day, in the site's own timezone
DAYS = 3_333  # within which all articles appear, or three a day if they are fewer
HERE = Path(__file__).parent
STYLE = HERE.parent / "src/gazepress/theme/static"


@dataclass(frozen=True, slots=True)
class Article:
    """An article as all formats tell it, but for its text, which is made when it is written; see make_blocks.

    ``order`` stands in its text and nowhere else in the archive.
    """

    number: int
    seed: int
    title: str
    date: datetime
    section: str
    author: int
    tags: tuple[int, ...]
    summary: str
    order: str
    earlier: int | None  # the number of the article that it refers to

    @property
    def slug(self) -> str:
        """The last part of the article's address."""
        return f"article-{self.number}"

    @property
    def file(self) -> str:
        """The path of its file below the folder of the articles."""
        return f"{self.section}/{self.date.year}/{self.slug}.md"

    @property
    def address(self) -> str:
        """The path of its page below the output folder, the same for all generators."""
        return f"{self.date:%Y/%m}/{self.slug}/"


def make_articles(count: int, seed: int = 1) -> list[Article]:
    """Return ``count`` articles, the oldest first; no two have the same date."""
    days = min(DAYS, count / 3)
    return [make_article(number, _working_hour(days * number / count), seed) for number in range(count)]


def make_article(number: int, date: datetime, seed: int = 1) -> Article:
    """Return the article ``number``; all but its date follows from number and seed."""
    chance = random.Random(f"{seed}:{number}")
    earlier = chance.randrange(max(0, number - READ_MORE_REACH), number) if number else None
    return Article(
        number=number,
        seed=seed,
        title=f"{_phrase(chance, 4, 8)}: part {number}",
        date=date,
        section=chance.choice(SECTIONS),
        author=chance.randrange(AUTHORS),
        tags=tuple(sorted(set(chance.choices(range(TAGS), cum_weights=TAG_WEIGHTS, k=3)))),
        summary=_sentence(chance, 12, 24),
        order=f"GB-{number:06}-0",
        earlier=earlier if chance.random() < READ_MORE else None,
    )


def make_blocks(article: Article) -> list[str]:
    """Return the text of an article, 300 to 900 words, as blocks of Markdown without links to other articles."""
    chance = random.Random(f"{article.seed}:{article.number}:text")
    blocks: list[str] = []
    words = chance.randint(300, 780)
    while words > 0:  # the last block may go some way beyond
        block = _block(chance, first=not blocks)
        blocks.append(block)
        words -= block.count(" ") + 1
    return [*blocks, f"The order carries the number {article.order}."]


def write_sites(folders: dict[Path, str], articles: list[Article], seed: int = 1) -> None:
    """Write whole sites; ``folders`` maps each to its form, a key of FORMATS."""
    chance = random.Random(seed)
    authors = [_sentence(chance) for _ in range(AUTHORS)]
    for folder, form in folders.items():
        _FRAMES[form](folder, authors)
    earlier = (None if article.earlier is None else articles[article.earlier] for article in articles)
    with ProcessPoolExecutor() as pool:
        list(pool.map(write_article, repeat(folders), articles, earlier, chunksize=500))


def write_article(folders: dict[Path, str], article: Article, earlier: Article | None) -> None:
    """Write one article into each site; ``earlier`` is the one that it refers to."""
    blocks = make_blocks(article)
    for folder, form in folders.items():
        root, write = FORMATS[form]
        _write(folder / root / article.file, write(article, blocks, earlier))


def section_title(section: str) -> str:
    """Return the name of a section as readers see it."""
    return section.replace("-", " ").capitalize()


def _gazepress(article: Article, blocks: list[str], earlier: Article | None) -> str:
    return f"{_matter(article)}---\n\n{_body(blocks, earlier.title if earlier else '')}"


def _hugo(article: Article, blocks: list[str], earlier: Article | None) -> str:
    link = f'[{earlier.title}]({{{{< ref "/{earlier.file}" >}}}})' if earlier else ""
    return f"{_matter(article)}slug: {article.slug}\n---\n\n{_body(blocks, link)}"


def _pelican(article: Article, blocks: list[str], earlier: Article | None) -> str:
    link = f"[{earlier.title}]({{filename}}/{earlier.file})" if earlier else ""
    return (
        f"Title: {article.title}\nDate: {article.date}\nCategory: {section_title(article.section)}\n"
        f"Authors: Author Number {article.author}\nTags: {', '.join(f'topic {tag}' for tag in article.tags)}\n"
        f"Summary: {article.summary}\n\n{_body(blocks, link)}"
    )


FORMATS: dict[str, tuple[str, Callable[[Article, list[str], Article | None], str]]] = {
    "gazepress": ("content/articles", _gazepress),
    "hugo": ("content", _hugo),
    "pelican": ("content", _pelican),
}


def _matter(article: Article) -> str:
    return (
        f'---\ntitle: "{article.title}"\ndate: {article.date}\n'
        f"authors: [author-number-{article.author}]\ntags: [{', '.join(f'topic {tag}' for tag in article.tags)}]\n"
        f"summary: {article.summary}\n"
    )


def _body(blocks: list[str], link: str) -> str:
    return "\n\n".join([*blocks, f"Read more on The Bench: {link}"] if link else blocks) + "\n"


def _gazepress_frame(folder: Path, authors: list[str]) -> None:
    _write(
        folder / "site.yaml",
        "title: The Bench\nurl: https://bench.example/\ntimezone: Europe/Kyiv\n"
        f"per_page: {PER_PAGE}\npictures: {{share: off}}\nsitemap: {{news: off}}\n"
        "feeds:\n  site: {formats: [rss]}\n  sections: {formats: [rss]}\n"
        "  tags: {formats: []}\n  authors: {formats: []}\n  storylines: {formats: []}\n",
    )
    for number, about in enumerate(authors):
        text = f"---\nname: Author Number {number}\n---\n{about}\n"
        _write(folder / f"content/authors/author-number-{number}.md", text)


def _hugo_frame(folder: Path, authors: list[str]) -> None:
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
    shutil.copytree(STYLE, folder / "static/theme", dirs_exist_ok=True)
    for section in SECTIONS:
        _write(folder / f"content/{section}/_index.md", f"---\ntitle: {section_title(section)}\n---\n")
    for number, about in enumerate(authors):
        text = f"---\ntitle: Author Number {number}\n---\n{about}\n"
        _write(folder / f"content/authors/author-number-{number}/_index.md", text)


def _pelican_frame(folder: Path, _authors: list[str]) -> None:
    shutil.copytree(HERE / "pelican", folder, dirs_exist_ok=True)
    shutil.copytree(STYLE, folder / "theme/static", dirs_exist_ok=True)


_FRAMES: dict[str, Callable[[Path, list[str]], None]] = {
    "gazepress": _gazepress_frame,
    "hugo": _hugo_frame,
    "pelican": _pelican_frame,
}


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def _working_hour(days: float) -> datetime:
    # Nobody publishes before six: at three in the morning clocks may go forward or back, and a time may not be one.
    day, hour = divmod(days, 1)
    return FIRST_DAY + timedelta(days=day, hours=6, seconds=int(hour * 18 * 3600))


def _block(chance: random.Random, *, first: bool) -> str:
    kind = 1.0 if first else chance.random()
    if kind < 0.06:
        return f"## {_phrase(chance, 3, 6)}"
    if kind < 0.10:
        return "\n".join(f"- {_phrase(chance, 4, 12)}" for _ in range(chance.randint(3, 5)))
    if kind < 0.16:
        return f"> “{_sentence(chance)}”"
    return " ".join(_told(chance) for _ in range(chance.randint(2, 4)))


def _told(chance: random.Random) -> str:
    sentence, kind = _sentence(chance), chance.random()
    if kind < 0.10:
        first, second, rest = sentence.split(" ", 2)
        return f"{first} *{second}* {rest}"
    if kind < 0.14:
        first, second, third, rest = sentence.split(" ", 3)
        return f"{first} **{second} {third}** {rest}"
    if kind < 0.20:
        target = f"https://source.example/{chance.randrange(100_000)}"
        return f"{sentence[:-1]}, [{_phrase(chance, 2, 4).lower()}]({target})."
    return sentence


def _sentence(chance: random.Random, least: int = 8, most: int = 22) -> str:
    return f"{_phrase(chance, least, most)}."


def _phrase(chance: random.Random, least: int, most: int) -> str:
    words = " ".join(chance.choices(WORDS, k=chance.randint(least, most)))
    return words[0].upper() + words[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a made-up archive, the same for the same seed.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", type=int)
    parser.add_argument("--format", choices=FORMATS, default="gazepress")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_sites({given.folder: given.format}, make_articles(given.articles, given.seed), given.seed)


if __name__ == "__main__":
    main()

"""Write a made-up archive, the same for the same seed: python benchmarks/make_archive.py FOLDER ARTICLES."""

import random
import sys
from datetime import UTC, datetime, timedelta
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


def main(folder: Path, articles: int, seed: int = 1) -> None:
    """Write a site of ``articles`` articles into ``folder``."""
    chance = random.Random(seed)
    (folder / "content/authors").mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(
        "title: The Bench\nurl: https://bench.example/\ntimezone: Europe/Kyiv\nper_page: 30\n", "utf-8"
    )
    for number in range(AUTHORS):
        text = f"---\nname: Author Number {number}\n---\n{_sentence(chance)}\n"
        (folder / f"content/authors/author-{number}.md").write_text(text, "utf-8")
    weights = [1 / (rank + 1) for rank in range(TAGS)]
    start = datetime(2015, 1, 1, tzinfo=UTC)
    titles: list[str] = []
    for number in range(articles):
        date = start + timedelta(hours=8 * number * 10_000 / max(articles, 10_000))
        title = f"{_sentence(chance, 4, 8).rstrip('.')}: part {number}"
        section = chance.choice(SECTIONS)
        file = folder / f"content/articles/{section}/{date.year}/article-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_article(chance, title, date, titles[-500:], weights), "utf-8")
        titles.append(title)


def _article(chance: random.Random, title: str, date: datetime, earlier: list[str], weights: list[float]) -> str:
    tags = sorted({f"topic {tag}" for tag in chance.choices(range(TAGS), weights, k=3)})
    lines = [
        "---",
        f'title: "{title}"',
        f"date: {date:%Y-%m-%d %H:%M}",
        f"authors: [author-{chance.randrange(AUTHORS)}]",
        f"tags: [{', '.join(tags)}]",
        f"summary: {_sentence(chance, 12, 24)}",
        "---",
        "",
    ]
    words = chance.randint(300, 900)
    while words > 0:
        paragraph = [_sentence(chance) for _ in range(chance.randint(2, 4))]
        if chance.random() < 0.3:
            first, second, rest = paragraph[0].split(" ", 2)
            paragraph[0] = f"{first} *{second}* {rest}"
        if chance.random() < 0.1:
            paragraph.insert(0, f"## {_sentence(chance, 3, 6).rstrip('.')}\n\n")
        if chance.random() < 0.15:
            paragraph.append(f"See the [{_sentence(chance, 2, 4).rstrip('.')}](https://source.example/{words}).")
        text = " ".join(paragraph)
        words -= len(text.split())
        lines += [text, ""]
    if earlier and chance.random() < 0.8:
        lines += [f"Read more on The Bench: {chance.choice(earlier)}", ""]
    return "\n".join(lines)


def _sentence(chance: random.Random, least: int = 8, most: int = 22) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(least, most))).capitalize() + "."


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

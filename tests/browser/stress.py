"""A small publication in which everything is too long, too wide or too many."""

from support import article

_GERMAN = "Rüstungsbeschaffungsvorhabenbeschleunigungsgesetzgebungsverfahrensordnungsänderungskommission"
_UKRAINIAN = "Протиповітрянооборонновиробничогосподарськонавчальнометодичнорадіолокаційний"
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    '<rect width="100%" height="100%" fill="#567"/></svg>'
)
_HEADLINE = ("Ministry, Plants and Inspectors Agree on a Timetable for Interceptors " * 3)[:199].strip()


def _pictures():
    for number in range(12):
        width, height = (1600, 500) if number % 3 else (400, 1200)
        yield f"drawing-{number}.svg", _PICTURE.format(width=width, height=height)


def _everything():
    table = [
        "| " + " | ".join(f"A rather long column {n}" for n in range(14)) + " |",
        "|" + " --- |" * 14,
        *("| " + " | ".join(f"{row * n},000,000" for n in range(14)) + " |" for row in range(1, 4)),
    ]
    parts = [
        f"{_GERMAN} {_UKRAINIAN}, says the first line.[^one]",
        f"## {_GERMAN}",
        "\n".join(table),
        "```\n" + "a line of a program that is far longer than any screen is wide; " * 4 + "\n```",
        "https://gaze.example/" + "an-address-without-any-end-" * 8,
        *(f"![A drawing, number {n}](/media/drawing-{n}.svg)" for n in range(12)),
        "<details><summary>More</summary><p>Hidden words.</p></details>",
        f"> {_UKRAINIAN}",
        "1. One\n   - Two\n     - Three\n       - Four",
        "Read more on The Gaze: Everything in Ukrainian",
        f"[{_GERMAN}](https://www.youtube.com/watch?v=abcdefghijk)",
        f"[{_UKRAINIAN}](https://t.me/example_yard/12)",
        "[^one]: A note whose words are in no hurry at all. " * 2,
    ]
    return "\n\n".join(parts)


_TAGS = ", ".join(f"subject number {number}" for number in range(60))
FILES = {
    "site.yaml": f"""
title: The Gaze
url: https://gaze.example/
description: {_GERMAN}
timezone: Europe/Kyiv
sections:
  - {{slug: news, name: News}}
  - {{slug: empty, name: {_GERMAN}, description: {_UKRAINIAN}}}
menu:
  - {{title: News, url: /sections/news/}}
  - {{title: {_GERMAN}, url: /sections/empty/}}
  - {{title: {_UKRAINIAN}, url: /sections/news/}}
embeds: frame
theme:
  logo: /media/drawing-1.svg
  accent: "#0b5394"
  links:
    - {{title: Write, url: "mailto:desk@gaze.example"}}
    - {{title: News, url: /sections/news/}}
    - {{title: {_GERMAN}, url: /sections/empty/}}
""",
    "content/authors/jonas-beispiel.md": f"---\nname: Jonas {_GERMAN}\n---\n\nHe writes at length.\n",
    "content/articles/news/everything.md": article(
        _HEADLINE,
        _everything(),
        slug="everything",
        tags=f"[{_TAGS}]",
        authors="[jonas-beispiel]",
        summary=f"{_GERMAN} and {_UKRAINIAN}",
        image="{src: /media/drawing-1.svg, alt: A drawing, caption: A caption, credit: A credit}",
    ),
    "content/articles/news/ukrainian.md": article("Everything in Ukrainian", f"{_UKRAINIAN} " * 40, lang="uk"),
    "content/articles/news/german.md": article(f"{_GERMAN} {_GERMAN}", f"{_GERMAN} " * 40, lang="de"),
    "content/articles/news/arabic.md": article(
        "تقرير عن الصناعات الدفاعية", "هذه فقرة من الكلمات تقرأ من اليمين إلى اليسار. " * 20, lang="ar", slug="arabic"
    ),
    **{f"static/media/{name}": text for name, text in _pictures()},
}
"""Files of the site's folder by path."""

"""`gazepress export`: the archive, a line for each article."""

import csv
import json
from io import StringIO

import msgspec
import pytest

from gazepress.desk.export import ExportedArticle, export_archive
from support import NOW, SETTINGS, Command, article, read_newsroom, write_site

BODY = """See [the first](first.md) and [[The first]].

| a | b |
| --- | --- |
| 1 | 2 & 3 |

Read more: The first

[A test](https://www.youtube.com/watch?v=abcdefghijk)
"""
SITE = {
    "site.yaml": SETTINGS + "timezone: Europe/Kyiv\n",
    "urls.lock": "/2025/01/old-name/ 2025-01-01T10:00:00Z content/articles/first.md tag:gaze.example,2025:first\n",
    "content/articles/first.md": article("The first", date="2025-01-01 12:00", aliases="[/2025/01/old-name/]"),
    "content/articles/rich.md": article(
        "=SUM(A1)",
        BODY,
        date="2025-02-01",
        tags="[steel, R&D]",
        authors="[Bo Li]",
        countries="[Ukraine, Poland]",
        sources="[{name: The ministry, url: 'https://mil.example/'}]",
        corrections="[{date: 2025-02-03 10:00, text: 'Five, not six.'}]",
    ),
    "content/articles/retracted.md": article(
        "Mill to close",
        "SECRET.",
        date="2025-03-01",
        summary="SECRET.",
        people="[SECRET]",
        corrections="[{date: 2025-03-02, kind: retraction, text: Not so.}]",
    ),
    "content/articles/gone.md": article("SECRET case", "SECRET.", date="2025-03-02", status="gone", gone="By law."),
    "content/articles/held.md": article("Held", "Text.", date="2025-04-01", status="draft", tags="[secret]"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return write_site(tmp_path_factory.mktemp("site"), SITE)


def exported(site, *, drafts=False, text=False):
    lines = export_archive(read_newsroom(site, drafts=drafts), "ndjson", text=text)
    return {one["file"].rpartition("/")[2]: one for one in map(json.loads, lines)}


def test_every_published_article_is_a_line_the_oldest_first(site):
    assert list(exported(site)) == ["first.md", "rich.md", "retracted.md"]


def test_every_line_has_every_field_of_the_record(site):
    lines = list(export_archive(read_newsroom(site, drafts=False), "ndjson"))
    assert [tuple(json.loads(line)) for line in lines] == [ExportedArticle.__struct_fields__] * 3
    told = msgspec.json.decode(lines[1], type=ExportedArticle)
    assert (told.tags, told.authors, told.countries) == (("steel", "R&D"), ("Bo Li",), ("Ukraine", "Poland"))
    assert told.date.isoformat() == "2025-02-01T00:00:00+02:00"
    assert told.changed.isoformat() == "2025-02-03T10:00:00+02:00"


def test_an_article_is_called_what_feeds_call_it(site):
    assert exported(site)["first.md"]["id"] == "tag:gaze.example,2025:first"


def test_held_articles_are_there_only_when_they_are_asked_for_and_marked(site):
    assert exported(site, drafts=True)["held.md"]["status"] == "held"
    assert "held.md" not in exported(site)


def test_a_retracted_article_is_marked_and_nothing_of_it_is_repeated(site):
    lines = exported(site, drafts=True, text=True)
    told = lines["retracted.md"]
    assert (told["status"], told["title"], told["words"]) == ("retracted", "Mill to close", 0)
    assert [note["text"] for note in told["corrections"]] == ["Not so."]
    assert "SECRET" not in json.dumps(lines)


def test_whole_texts_have_a_line_for_each_paragraph_and_no_markup(site):
    assert exported(site, text=True)["rich.md"]["text"].split("\n") == [
        "See the first and The first.",
        "a b",
        "1 2 & 3",
        "Read more: The first",
        "A test https://www.youtube.com/watch?v=abcdefghijk",
    ]
    assert exported(site)["rich.md"]["text"] == ""


def test_a_spreadsheet_gets_a_table_and_no_formula_of_others(site):
    table = "".join(export_archive(read_newsroom(site, drafts=False), "csv"))
    assert table.startswith("\ufeffid,status,")
    rich = list(csv.DictReader(StringIO(table.removeprefix("\ufeff"))))[1]
    assert rich["title"] == "'=SUM(A1)"
    assert (rich["tags"], rich["sources"]) == ("steel; R&D", "The ministry <https://mil.example/>")
    assert rich["corrections"] == "2025-02-03 correction: Five, not six."


def test_articles_are_read_one_after_the_other(site):
    newsroom = read_newsroom(site, drafts=False)
    lines = export_archive(newsroom, "ndjson")
    next(lines)
    newsroom.library.keys.clear()  # nothing but the first was read yet
    with pytest.raises(KeyError):
        next(lines)


def test_the_command_writes_lines_and_says_what_it_could_not_read(tmp_path):
    site = write_site(tmp_path, {**SITE, "content/articles/broken.md": "---\ntitle: [\n---\n"})
    done = Command(site)("export", "--now", NOW)
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 3)
    assert "content/articles/broken.md" in done.stderr

"""The static API: lists that new articles leave alone, in the form that its own description tells."""

import json
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from gazepress.settings import PartnerSettings
from gazepress.stages.plan import api
from stages.conftest import NOON
from support import NOW, Command, article, read_tree, write_site

SITE = "https://gaze.example/news/"


def schema_of(path, description):
    """Return how the description tells that the document at a path looks."""
    steps = path.removeprefix("api/v1/").removesuffix(".json").split("/")
    places = [steps[0], "{slug}", "{page}"] if steps[0] != "articles" else ["articles", "{page}"]
    told = description["paths"]["/api/v1/" + "/".join(places[: len(steps)]) + ".json"]
    schema = told["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return Draft202012Validator(schema | {"components": description["components"]}, format_checker=FormatChecker())


def test_every_document_is_as_the_description_says(documents):
    description = documents["api/v1/openapi.json"]
    found = [path for path in documents if path.startswith("api/") and not path.endswith("openapi.json")]
    assert len(found) == 12
    for path in found:
        assert [error.message for error in schema_of(path, description).iter_errors(documents[path])] == [], path


def test_the_description_tells_of_wrong_documents(documents):
    validator = schema_of("api/v1/articles.json", documents["api/v1/openapi.json"])
    assert list(validator.iter_errors({"title": "The Gaze", "url": "x", "articles": [{"title": 7}]}))


def test_the_description_names_the_server_and_every_kind_of_document(documents):
    told = documents["api/v1/openapi.json"]
    assert (told["openapi"], told["servers"]) == ("3.1.0", [{"url": "https://gaze.example/news"}])
    assert len(told["paths"]) == 3 + 3 * 4


def test_from_the_root_every_list_is_found(documents, tree):
    root = documents["api/v1/index.json"]
    for kind in ("sections", "tags", "authors", "storylines"):
        for entry in documents[root[kind].removeprefix(SITE)]["entries"]:
            articles = documents[entry["articles"].removeprefix(SITE)]
            assert len(articles["articles"]) == articles["count"] == entry["count"]
            assert entry["url"].removeprefix(SITE) + "index.html" in tree


def test_an_article_has_what_its_card_shows_and_what_it_is_filed_under(documents):
    rich = next(one for one in documents["api/v1/tags/r-d.json"]["articles"])
    assert rich["id"] == rich["url"] == "https://gaze.example/news/2025/05/rich/"
    assert rich["section"] == {"slug": "steel", "title": "Steel & Iron", "url": f"{SITE}sections/steel/"}
    assert [tag["slug"] for tag in rich["tags"]] == ["steel", "r-d"]
    assert [author["slug"] for author in rich["authors"]] == ["anna", "bo-li"]
    assert (rich["picture"]["width"], rich["kind"], rich["language"]) == (640, "analysis", "en")
    assert rich["ninjs"] == "https://gaze.example/news/2025/05/rich/ninjs.json"


def test_a_corrected_article_says_so_and_a_retracted_or_held_one_is_absent(documents):
    listed = {one["title"]: one for one in documents["api/v1/articles.json"]["articles"]}
    assert list(listed) == ["Скло", "Mills & <more>", "Plain report", "Glass", "Prices rise"]
    assert (listed["Prices rise"]["corrected"], listed["Prices rise"]["updated"]) == (True, "2025-05-20T12:00:00+03:00")
    assert "HELD" not in json.dumps(documents)
    assert "held-tag" not in json.dumps(documents)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6, 7])
def test_the_pages_of_a_list_have_every_article_once_and_full_ones_stay_as_they_are(publication, monkeypatch, count):
    monkeypatch.setattr(api, "PER_PAGE", 2)

    def pages(articles):
        site = publication(partners=PartnerSettings(api=True))
        for at in range(articles):
            site.article(f"a{at}", date=NOON + timedelta(days=at))
        plan = site.plan()
        return {url: plan[url].document for url in plan if url.startswith("/api/v1/articles")}

    before, after = pages(count), pages(count + 1)
    at, titles = "/api/v1/articles.json", []
    while at:
        titles += [one.title for one in before[at].articles]
        at = before[at].older.removeprefix("https://x.example")
    assert titles == [f"A{at}" for at in reversed(range(count))]
    changed = {url for url in after if before.get(url) != after[url]}
    new = set(after) - set(before)
    assert changed == {"/api/v1/articles.json"} | new
    assert len(new) <= 1


def test_a_new_article_rewrites_the_lists_that_have_it_and_no_others(tmp_path):
    files = {
        f"content/articles/{section}/{section}-{at}.md": article(
            f"{section} {at}", date=f"2025-01-0{at}", tags=f"[{section}]"
        )
        for section in ("sea", "land")
        for at in (1, 2)
    }
    settings = "title: The Gaze\nurl: https://x.example\npartners: {api: on}\n"
    site = write_site(tmp_path, {"site.yaml": settings, **files})
    assert Command(site)("build", "--now", NOW).returncode == 0
    before = read_tree(site / "public")
    write_site(site, {"content/articles/sea/new.md": article("New", date="2025-02-01", tags="[sea]")})
    assert Command(site)("build", "--now", NOW).returncode == 0
    after = read_tree(site / "public")
    changed = {path for path, data in after.items() if path.startswith("api/") and before.get(path) != data}
    lists = ("articles", "sections", "sections/sea", "tags", "tags/sea")
    assert changed == {f"api/v1/{name}.json" for name in lists}

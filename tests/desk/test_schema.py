"""`gazepress schema`: what the build takes fits the schema, and what it refuses does not."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from gazepress.cli.schema import command
from gazepress.desk.schema import RECORDS, schema

SAMPLE = Path(__file__).parents[2]


@pytest.fixture(params=RECORDS)
def name(request):
    return request.param


def wrong(name, text):
    """Return what the schema has against YAML as a language server reads it: YAML 1.2, where times are texts."""
    return [error.message for error in Draft7Validator(schema(name)).iter_errors(yaml.load(text, Yaml12))]


class Yaml12(yaml.SafeLoader):
    """YAML 1.2 as far as these tests need it: `on` and times are texts."""


Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":timestamp", ":bool"))]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def test_every_schema_is_one(name):
    Draft7Validator.check_schema(schema(name))


def test_a_schema_is_printed(gazepress):
    done = gazepress("schema", "site")
    assert (done.returncode, json.loads(done.stdout)) == (0, schema("site"))


def test_the_command_offers_every_schema():
    assert list(command.params[0].type.choices) == list(RECORDS)


def test_every_key_has_a_description(name):
    def keys(part, at=name):
        for key, value in part.get("properties", {}).items():
            yield f"{at}.{key}", value
            yield from keys(value.get("items", value), f"{at}.{key}")

    found = dict(keys(schema(name)))
    assert found
    assert [key for key, value in found.items() if not value.get("description")] == []


def test_the_sample_publication_fits():
    assert wrong("site", (SAMPLE / "site.yaml").read_text("utf-8")) == []
    kinds = {"articles": "front-matter", "pages": "page", "authors": "author"}
    texts = [(kind, file) for folder, kind in kinds.items() for file in SAMPLE.glob(f"content/{folder}/**/*.md")]
    assert {kind for kind, _ in texts} == set(kinds.values())
    for kind, file in texts:
        assert (file, wrong(kind, file.read_text("utf-8").split("\n---\n")[0])) == (file, [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("front-matter", "title: 2026\ndate: 2026-03-09 14:30\ntags: boats\nlead: yes\nweight: 3"),
        ("front-matter", "title: A\ndate: 2026-03-09\nimage: {src: a.jpg, alt: '', focus: [0.4, 0.3]}"),
        ("front-matter", "title: A\ndate: 2026-03-09\ndeals: [{price: 4 bn, any: [1]}]\nextra: {ours: {deep: true}}"),
        ("site", "title: A\nurl: https://a.example/\nsearch: on\nphrases: {en: {read_more: [See]}}"),
        ("front", "lead: Some Title\nslots: [{articles: [one, two]}]"),
    ],
)
def test_what_the_build_takes_fits(name, text):
    assert wrong(name, text) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("front-matter", "title: A", "'date' is a required property"),
        ("front-matter", "title: A\ndate: 2026-03-09\nkind: essay", "'essay' is not one of"),
        ("front-matter", "title: A\ndate: 2026-03-09\ntgas: [a]", "'tgas' was unexpected"),
        ("front-matter", "title: A\ndate: 9 March", "does not match"),
        ("front-matter", "title: A\ndate: 2026-03-09\nweight: -1", "less than the minimum"),
        ("front-matter", f"title: A\ndate: 2026-03-09\ntags: [{'a, ' * 101}]", ""),
        ("site", "title: A\nurl: https://a.example/\nrelated: {count: many}", "'many' is not of type 'integer'"),
    ],
)
def test_what_the_build_refuses_does_not(name, text, said):
    assert [said in message for message in wrong(name, text)] == [True]


def test_a_name_that_has_no_schema_is_told_the_others(gazepress):
    done = gazepress("schema", "article")
    assert done.returncode == 2
    assert "front-matter" in done.stderr

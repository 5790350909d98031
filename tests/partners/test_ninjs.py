"""ninjs 3.1: each article as IPTC's schema has it, and a feed that corrections and retractions reach."""

import json
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazepress.matter import Correction, CorrectionKind, Source
from gazepress.settings import PartnerSettings
from gazepress.stages.render.data import write_json

RICH = "2025/05/rich/ninjs.json"
RETRACTED = "2025/01/retracted/ninjs.json"


def wrong(validator, document):
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(document)]


def ninjs(documents):
    return {path: document for path, document in documents.items() if path.endswith("ninjs.json")}


def test_every_document_keeps_to_the_schema_of_iptc(documents, ninjs_schema):
    found = ninjs(documents)
    assert len(found) == 8  # seven articles, one of them gone, and the feed
    assert {path: wrong(ninjs_schema, document) for path, document in found.items()} == {path: [] for path in found}


@pytest.mark.parametrize(
    "change",
    [
        {"uri": "no address"},
        {"pubStatus": "retracted"},
        {"versionCreated": "yesterday"},
        {"headline": "Mills"},
        {"associations": [{"uri": "https://x.example/"}]},
    ],
)
def test_the_schema_tells_what_is_wrong(documents, ninjs_schema, change):
    assert wrong(ninjs_schema, documents[RICH] | change)


def test_all_that_is_known_of_an_article_is_told(documents):
    told = documents[RICH]
    assert told["standard"]["version"] == "3.1"
    assert told["uri"] == "https://gaze.example/news/2025/05/rich/"
    assert (told["type"], told["pubStatus"]) == ("text", "usable")
    assert told["firstCreated"] == told["versionCreated"] == "2025-05-01T10:00:00+03:00"
    assert told["headlines"] == [{"value": "Mills & <more>", "role": "main", "contentType": "text/plain"}]
    assert (told["by"], told["located"], told["language"]) == ("Anna Kovalenko, Bo Li", "Dnipro", "en")
    assert (told["copyrightHolder"], told["usageTerms"]) == ("The Gaze", "Ask us first.")
    assert [(one["name"], one["rel"]) for one in told["people"]] == [
        ("Anna Kovalenko", "author"),
        ("Bo Li", "author"),
        ("Jane Doe", "subject"),
    ]
    about = [told[key][0]["name"] for key in ("organisations", "places", "objects")]
    assert about == ["Metinvest", "Ukraine", "Bohdana"]
    assert [(one["name"], one["rel"]) for one in told["subjects"]] == [
        ("Steel & Iron", "section"),
        ("steel", "tag"),
        ("R&D", "tag"),
    ]
    assert told["genres"] == [{"name": "analysis", "uri": "http://cv.iptc.org/newscodes/genre/Analysis"}]
    assert told["infoSources"] == [
        {"name": "The ministry", "role": "source", "uri": "https://mil.example/%D0%96"},
        {"name": "A worker", "role": "source"},
    ]
    assert told["trustIndicators"] == [
        {"role": "https://schema.org/correctionsPolicy", "href": "https://gaze.example/news/about/"},
        {"role": "https://schema.org/ethicsPolicy", "href": "https://council.example/ethics"},
    ]


def test_a_body_stands_on_its_own(documents):
    (body,) = documents[RICH]["bodies"]
    assert '<a href="https://gaze.example/news/2025/04/plain/">the first</a>' in body["value"]
    assert '<a href="https://gaze.example/news/2025/05/rich/#orders">the list</a>' in body["value"]
    assert '<img src="https://gaze.example/news/media/articles/steel/furnace.' in body["value"]
    assert "class=" not in body["value"]


def test_the_lead_picture_goes_along_with_its_words_and_its_credit(documents):
    (picture,) = documents[RICH]["associations"]
    assert (picture["type"], picture["name"], picture["by"]) == ("picture", "The furnace, lit", "Anna Kovalenko")
    (form,) = picture["renditions"]
    assert (form["contentType"], form["width"], form["height"]) == ("image/jpeg", 640, 360)


def test_a_correction_stands_in_the_text_in_the_note_to_editors_and_by_its_kind(documents):
    told = documents["2025/02/corrected/ninjs.json"]
    assert told["versionCreated"] == "2025-05-20T12:00:00+03:00"
    assert told["edNote"] == "Correction, 2025-05-20: It was 5, not 6."
    assert {"value": "It was 5, not 6.", "role": "correction", "contentType": "text/plain"} in told["descriptions"]
    assert told["bodies"][0]["value"].startswith("<p><strong>Correction, 2025-05-20:</strong> It was 5, not 6.</p>")


def test_a_retracted_article_is_canceled_and_repeats_nothing_of_itself(documents):
    told = documents[RETRACTED]
    assert (told["pubStatus"], told["representationType"]) == ("canceled", "partial")
    assert told["edNote"] == "Retraction, 2025-05-21: No such decision was made."
    assert "SECRET" not in json.dumps(documents)


def test_of_an_article_that_was_taken_down_partners_learn_that_it_is_canceled(documents):
    told = documents["2025/01/gone/ninjs.json"]
    assert told.pop("standard")
    assert told == {
        "uri": "https://gaze.example/news/2025/01/gone/",
        "pubStatus": "canceled",
        "edNote": "A court has ordered it.",
    }


def test_the_feed_has_the_articles_that_changed_last_so_that_corrections_reach_partners(documents):
    feed = documents["ninjs.json"]
    assert (feed["type"], feed["versionCreated"]) == ("composite", "2025-05-21T00:00:00+03:00")
    assert [one["name"] for one in feed["associations"]] == ["Mill to close", "Prices rise", "Скло", "Mills & <more>"]
    whole = {key: value for key, value in documents[RICH].items() if key != "standard"}
    assert feed["associations"][3] == whole | {"name": "Mills & <more>"}


def test_an_identity_that_is_no_address_gets_one_that_follows_from_it(documents):
    assert documents["2025/03/own-id/ninjs.json"]["uri"].startswith("urn:uuid:")


def test_pages_lead_to_their_documents(tree):
    page = tree["2025/05/rich/index.html"].decode()
    assert 'type="application/json" title="ninjs" href="https://gaze.example/news/2025/05/rich/ninjs.json"' in page


words = st.text(max_size=12)
moments = st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Europe/Kyiv")]))


notes = st.builds(Correction, moments, words, st.sampled_from(CorrectionKind))
addresses = st.sampled_from(["", "https://x.example/a", "https://x.example/Ж?q=1"])


@settings(max_examples=20, deadline=None)
@given(
    title=words,
    id=words,
    dateline=words,
    people=st.lists(words, max_size=2).map(tuple),
    sources=st.lists(st.builds(Source, words, addresses), max_size=2).map(tuple),
    corrections=st.lists(notes, max_size=2).map(tuple),
)
def test_whatever_front_matter_says_is_told_within_the_schema(publication, ninjs_schema, **matter):
    site = publication(partners=PartnerSettings(ninjs=True))
    site.article("any", **matter)
    plan = site.plan()
    for url in ("/2025/10/any/ninjs.json", "/ninjs.json"):
        assert wrong(ninjs_schema, json.loads(write_json(plan[url].document))) == []

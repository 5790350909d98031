"""Titles and phrases are compared as a reader does."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazepress.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Swarm Strategy", "swarm STRATEGY"),
        ("Kyiv’s plan", "Kyiv's plan"),
        ("Kyiv's plan", "Kyivʼs plan"),
        ("Kyiv's plan", "Kyiv`s plan"),
        ("Kyiv's plan", "Kyiv´s plan"),
        ("“Iron Dome” expands", '"Iron Dome" expands'),
        ("«Нептун» летить", "„Нептун“ летить"),
        ("``Iron Dome'' expands", '"Iron Dome" expands'),
        ("“Swarm Strategy”", "Swarm Strategy"),
        ("Swarm Strategy.", "Swarm Strategy"),
        ("“Swarm Strategy.”", "Swarm Strategy"),
        ("“Swarm Strategy”.", "Swarm Strategy"),
        ("Drones – a review", "Drones — a review"),
        ("Drones - a review", "Drones—a review"),
        ("Drones -- a review", "Drones – a review"),
        ("2024–2025", "2024-2025"),
        ("air‑defense", "air-defense"),
        ("Two  words", "Two words"),
        ("Two\u00a0words", "Two words"),
        ("Two\u202fwords", "Two words"),
        ("Two\nwords\t", " Two words"),
        ("inter\u00adceptor", "interceptor"),
        ("inter\u200bceptor", "interceptor"),
        ("\u200eKyiv\u200f", "Kyiv"),
        ("ＮＡＴＯ　ｓｕｍｍｉｔ", "NATO summit"),
        ("Straße", "STRASSE"),
        ("ﬁrst", "first"),
        ("CO₂", "CO2"),
        ("Wait…", "Wait..."),
        ("Київ", unicodedata.normalize("NFD", "київ")),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
    ],
)
def test_the_same_to_a_reader(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A-B", "A B"),
        ("A-B", "AB"),
        ("A/B", "A-B"),
        ("F-16", "F16"),
        ("F-16", "F-16A"),
        ("Don't", "Dont"),
        ("U.S. aid", "US aid"),
        (".NET", "NET"),
        ("War?", "War"),
        ("War!", "War?"),
        ("C", "C++"),
        ("Part 1", "Part 2"),
        ("Part I", "Part II"),
        ("1,000", "1000"),
        ("résumé", "resume"),
        ("Київ", "Киів"),
        ("е", "e"),  # Cyrillic and Latin
        ("Deal: France", "Deal France"),
        ("airdefense", "air defense"),
        ("İzmir", "izmir"),
    ],
)
def test_different_to_an_editor(one, other):
    assert fold(one) != fold(other)


def test_only_quotes_dashes_and_dots_may_fold_to_nothing_much():
    assert fold("“ … ”") == fold("") == ""
    assert fold("–") == "-"


@given(st.text())
@example("a'''b")
@example("´")
@example("'. '.")
@example("\u1fef- \u0301")
@example("a\u00ad\u0301")
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.sampled_from(["NFC", "NFD"]))
def test_the_unicode_form_does_not_count(text, form):
    assert fold(unicodedata.normalize(form, text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x52F)))
def test_a_folded_text_has_no_capitals_no_double_spaces_and_no_space_at_its_ends(text):
    folded = fold(text)
    assert not any(one.isupper() for one in folded)
    assert "  " not in folded
    assert folded == folded.strip()


def test_a_long_text_takes_no_quadratic_time():
    assert fold("- ' " * 50_000)
    assert fold(" " * 200_000 + "a" + " " * 200_000) == "a"

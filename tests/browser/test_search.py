"""The search finds what is published, by keyboard, and knows nothing of what is held back."""

import pytest

PUBLISHED = "clipboard"
"""A word of one published article of the sample."""
HELD = "Training Seats and Simulators"
"""The first words of the headline of a draft of the sample."""


@pytest.fixture
def search(window, kinds):
    if "search" not in kinds:
        pytest.skip("the sample has no search page")
    window.open(kinds["search"])

    def ask(word):
        box = window.page.get_by_role("searchbox").first
        box.fill(word)
        box.press("Enter")
        window.page.wait_for_load_state("networkidle")
        window.page.wait_for_timeout(700)
        return window.page.locator("main a[href]").evaluate_all("all => all.map(link => link.getAttribute('href'))")

    yield ask
    assert window.refused() == []
    assert window.said == []


def test_a_word_of_an_article_leads_to_it(search):
    assert any("repair-depot-lost-hours" in link for link in search(PUBLISHED))


def test_what_is_held_back_is_not_found(search, window):
    assert any("repair-depot-lost-hours" in link for link in search(PUBLISHED)), "the search works at all"
    assert not any("naval-drone-training-seats" in link for link in search(HELD))
    assert HELD not in window.page.locator("main").inner_text()


def test_sections_and_authors_narrow_what_was_found(search, window):
    everything = search("radar")
    page = window.page
    sections = page.get_by_role("combobox", name="Section").locator("option").all_inner_texts()
    assert sections[0] == "All sections"
    assert sections[1:] == sorted(sections[1:])
    assert "Air Defense" in sections
    page.get_by_role("combobox", name="Section").select_option("Air Defense")
    page.wait_for_url("**section=Air+Defense")
    page.wait_for_timeout(700)
    kickers = page.locator("main [data-part=section]").all_inner_texts()
    assert kickers
    assert {one.casefold() for one in kickers} == {"air defense"}
    window.open("/search/?q=radar&section=Air+Defense&author=Nobody")
    page.get_by_role("status").filter(has_text="result").wait_for()
    assert page.get_by_role("combobox", name="Section").input_value() == "Air Defense"
    assert not page.get_by_role("combobox", name="Author").input_value()
    assert len(kickers) < len(everything)


def test_a_section_that_an_address_names_is_kept_until_there_are_words(search, window):
    window.open("/search/?section=Air+Defense")
    section = window.page.get_by_role("combobox", name="Section")
    section.locator("option", has_text="Air Defense").wait_for(state="attached")
    assert section.input_value() == "Air Defense"
    assert not window.page.get_by_role("status").inner_text()
    assert search("radar")
    assert window.page.url.endswith("/search/?q=radar&section=Air+Defense")


def test_a_year_narrows_what_was_found(search, window):
    everything = [link for link in search("radar") if link.startswith("/20")]
    page = window.page
    assert {link[:6] for link in everything} == {"/2025/", "/2026/"}
    page.get_by_role("combobox", name="Year").select_option("2025")
    page.wait_for_url("**year=2025")
    page.wait_for_timeout(700)
    found = page.locator("main a.headline").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    assert found
    assert {link[:6] for link in found} == {"/2025/"}

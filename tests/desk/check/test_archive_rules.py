"""The rules on the archive: of each what it finds, and what is so near that it must not be found."""

import re
from pathlib import Path

import pytest

from gazepress.build import BuildOptions, build
from gazepress.desk.check import check_site
from gazepress.desk.check.rule import ArchiveRule
from gazepress.desk.check.rules import RULES
from gazepress.desk.edits import edited
from support import NOW, SETTINGS, article, write_site

ONE, TWO, THREE = (f"content/articles/{name}.md" for name in ("one", "two", "three"))
TEXT = "A plant makes five hulls a year."


def told(folder, code, files=None, **options):
    """Return what the check says of one code in a site of these files."""
    write_site(folder, {"site.yaml": SETTINGS, **(files or {})})
    findings = check_site(BuildOptions(site=folder, now=options.get("now", NOW), jobs=1))
    return [found for found in findings if found.code == code]


def places(findings):
    return [(found.path, found.line, found.column) for found in findings]


def mended(folder, finding):
    """Return the file of a finding as its mend makes it."""
    assert finding.mend
    return edited((folder / finding.path).read_bytes().decode(), finding.mend)


def test_every_rule_on_the_archive_has_an_example_and_a_near_miss():
    asked = re.findall(r'told\(tmp_path, "([a-z-]+)".*?( == \[\])?\n', Path(__file__).read_text("utf-8"))
    codes = {rule.code for rule in RULES if isinstance(rule, ArchiveRule)}
    assert codes <= {code for code, is_miss in asked if is_miss}
    assert codes <= {code for code, is_miss in asked if not is_miss}


# ------------------------------------------------------------------------------------------------ read-more-old


def read_more(older):
    return {
        ONE: article("A Long Contract", date=older),
        TWO: article("A Short Contract", f"{TEXT}\n\nRead more: A Long Contract", date="2025-10-27 12:30"),
    }


def test_a_read_more_line_to_a_report_of_three_years_ago_is_told_with_its_place(tmp_path):
    (found,) = told(tmp_path, "read-more-old", read_more("2022-10-20 12:30"))
    assert (*places([found])[0], found.severity) == (TWO, 8, 12, "note")
    assert "3 years older: “A Long Contract”" in found.message


def test_a_read_more_line_to_a_report_of_nearly_three_years_ago_is_fine(tmp_path):
    assert told(tmp_path, "read-more-old", read_more("2022-11-20 12:30")) == []


def test_an_ordinary_link_may_lead_to_a_report_of_any_age(tmp_path):
    files = read_more("2015-10-20 12:30")
    files[TWO] = files[TWO].replace("Read more: A Long Contract", "See [[A Long Contract]].")
    assert told(tmp_path, "read-more-old", files) == []


def test_a_related_report_that_is_newer_is_proposed_in_place_of_the_old_one(tmp_path):
    tags = {"tags": "[hulls, contracts, steel]"}
    files = {
        ONE: article("A Long Contract", date="2020-10-20 12:30"),
        THREE: article("Steel for Hulls", date="2025-09-01 12:30", **tags),
        TWO: article("Contract", f"{TEXT}\n\nRead more: A Long Contract", date="2025-10-27 12:30", **tags),
    }
    (found,) = told(tmp_path, "read-more-old", files)
    assert found.hint == f"nearer in time is “Steel for Hulls” ({THREE})"


# --------------------------------------------------------------------------------------------- updated and changed


def noted(**matter):
    return article("One", TEXT, corrections="[{date: 2025-10-28 09:00, text: Five hulls., kind: update}]", **matter)


def test_an_update_without_updated_is_mended_by_its_date(tmp_path):
    (found,) = told(tmp_path, "updated-missing", {ONE: noted()})
    write_site(tmp_path, {ONE: mended(tmp_path, found)})
    assert "\ndate: 2025-10-27 12:30\nupdated: 2025-10-28 09:00\n" in (tmp_path / ONE).read_text("utf-8")
    assert told(tmp_path, "updated-missing") == []


def test_an_updated_that_is_older_than_the_update_is_mended_too(tmp_path):
    (found,) = told(tmp_path, "updated-missing", {ONE: noted(updated="2025-10-28 08:59")})
    assert mended(tmp_path, found) == noted(updated="2025-10-28 09:00")


def test_a_mend_keeps_byte_order_mark_and_line_ends(tmp_path):
    text = "\ufeff" + noted().replace("\n", "\r\n")
    (found,) = told(tmp_path, "updated-missing", {ONE: text})
    assert mended(tmp_path, found).replace("updated: 2025-10-28 09:00\r\n", "") == text


def publish(folder, text):
    write_site(folder, {"site.yaml": SETTINGS, ONE: text})
    build(BuildOptions(site=folder, now=NOW, jobs=1))


def test_a_text_that_changed_after_it_was_published_is_told(tmp_path):
    publish(tmp_path, article("One", TEXT))
    (found,) = told(tmp_path, "text-changed", {ONE: article("One", TEXT.replace("five", "six"))})
    assert (found.path, found.severity, found.mend) == (ONE, "warning", ())
    assert f"gazepress correct {ONE}" in found.hint


@pytest.mark.parametrize(
    "text",
    [
        article("One", TEXT),
        article("One", TEXT.replace("five", "six"), updated="2025-10-28 09:00"),
        article("Another Headline", TEXT),
        article("One", TEXT.replace("five", "six"), ignore="[text-changed]"),
    ],
)
def test_a_text_that_tells_of_its_change_and_one_with_the_same_words_are_fine(tmp_path, text):
    publish(tmp_path, article("One", TEXT))
    assert told(tmp_path, "text-changed", {ONE: text}) == []


def test_an_embargo_without_offset_is_told_as_the_build_tells_it(tmp_path):
    (found,) = told(tmp_path, "wrong-value", {ONE: article("One", embargo="2026-02-01 09:00")})
    assert (found.line, found.severity) == (4, "error")
    assert "needs an offset" in found.message
    assert told(tmp_path, "wrong-value", {ONE: article("One", embargo='"2026-02-01 09:00+02:00"')}) == []


# ------------------------------------------------------------------------------------------------------------ tags


def tagged(title, tags, date="2025-01-10 12:30"):
    return article(title, tags=tags, date=date)


def test_a_tag_that_nobody_took_up_is_told_where_it_stands(tmp_path):
    files = {ONE: tagged("One", "[hulls, steel]"), TWO: tagged("Two", "[steel]", "2025-10-27 12:30")}
    (found,) = told(tmp_path, "tag-once", files)
    assert places([found]) == [(ONE, 4, 8)]
    assert "'hulls'" in found.message


def test_a_tag_of_a_recent_report_may_still_be_taken_up(tmp_path):
    files = {ONE: tagged("One", "[hulls]", "2025-09-10 12:30"), TWO: tagged("Two", "[]", "2025-10-27 12:30")}
    assert told(tmp_path, "tag-once", files) == []


def test_the_tag_that_was_probably_meant_is_named(tmp_path):
    files = {
        ONE: tagged("One", "[artillery shell]"),
        TWO: tagged("Two", "[shells for artillery]"),
        THREE: tagged("Three", "[shells for artillery]", "2025-10-27 12:30"),
    }
    (found,) = told(tmp_path, "tag-once", files)
    assert found.hint == "is it 'shells for artillery', as elsewhere?"


def test_an_unusual_spelling_of_a_tag_is_mended_to_the_usual_one(tmp_path):
    files = {
        ONE: article("One", tags="[steel, 'Air-Defense']  # as in the brief"),
        TWO: article("Two", tags="[Air Defense]"),
        THREE: article("Three", tags="\n- Air Defense"),
    }
    (found,) = told(tmp_path, "tag-spelling", files)
    assert places([found]) == [(ONE, 4, 15)]
    assert "tags: [steel, 'Air Defense']  # as in the brief\n" in mended(tmp_path, found)


def test_a_second_spelling_beside_the_usual_one_is_taken_out(tmp_path):
    files = {ONE: article("One", tags="[Air-Defense, steel, Air Defense]"), TWO: article("Two", tags="[Air Defense]")}
    (found,) = told(tmp_path, "tag-spelling", files)
    assert found.hint == "take it out, 'Air Defense' is there too"
    assert "tags: [steel, Air Defense]\n" in mended(tmp_path, found)


def test_two_spellings_that_are_as_frequent_are_told_and_left_to_the_editor(tmp_path):
    files = {ONE: article("One", tags="[air-defense]"), TWO: article("Two", tags="[Air Defense]")}
    assert [(found.path, found.mend) for found in told(tmp_path, "tag-spelling", files)] == [(ONE, ()), (TWO, ())]


def test_tags_that_are_spelled_alike_are_fine(tmp_path):
    files = {ONE: article("One", tags="[Air Defense]"), TWO: article("Two", tags="[Air Defense, Air]")}
    assert told(tmp_path, "tag-spelling", files) == []


@pytest.mark.parametrize(
    ("rare", "usual"),
    [("drones naval", "naval drones"), ("electronic warfaer systems", "systems, electronic warfare")],
)
def test_tags_of_the_same_words_or_with_a_slip_are_told(tmp_path, rare, usual):
    files = {ONE: article("One", tags=f"['{rare}']")}
    files |= {path: article(path, tags=f"['{usual}']") for path in (TWO, THREE)}
    if "warfaer" in rare:  # six letters of one word are too few to be sure
        assert told(tmp_path, "tag-near", files) == []
        return
    (found,) = told(tmp_path, "tag-near", files)
    assert (found.path, found.hint) == (ONE, "if they mean the same: gazepress mv tag:drones-naval tag:naval-drones")


def test_a_long_word_with_two_letters_in_the_wrong_place_is_told(tmp_path):
    files = {ONE: article("One", tags="[counterbatery radra]"), TWO: article("Two", tags="[counterbattery radar]")}
    assert told(tmp_path, "tag-near", files) == []
    files = {ONE: article("One", tags="[counterbateri radar]"), TWO: article("Two", tags="[counterbattery radar]")}
    assert len(told(tmp_path, "tag-near", files)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("air defense", "coastal defense"), ("interceptor mk1", "interceptor mk2"), ("Ukraine", "Ukrainians")],
)
def test_tags_that_share_a_word_or_have_other_numbers_are_two_subjects(tmp_path, one, other):
    files = {ONE: article("One", tags=f"[{one}]"), TWO: article("Two", tags=f"[{other}]")}
    assert told(tmp_path, "tag-near", files) == []


# ------------------------------------------------------------------------------------- authors, orphans, credits


def test_an_author_of_whom_nothing_is_told_is_named_once_at_the_newest_report(tmp_path):
    files = {
        ONE: article("One", authors="[Iryna Vyhadana]"),
        TWO: article("Two", authors="[Desk, Iryna Vyhadana]", date="2025-10-28 12:30"),
    }
    found = {one.message: one for one in told(tmp_path, "author-unknown", files)}
    assert len(found) == 2
    iryna = found["nothing is told of the author 'Iryna Vyhadana'"]
    assert places([iryna]) == [(TWO, 4, 17)]
    assert "content/authors/iryna-vyhadana.md" in iryna.hint


def test_an_author_with_a_file_is_known(tmp_path):
    files = {
        ONE: article("One", authors="[iryna-vyhadana]"),
        "content/authors/iryna-vyhadana.md": "---\nname: Iryna Vyhadana\n---\nReports on steel.\n",
    }
    assert told(tmp_path, "author-unknown", files) == []


def alone(text="Text.", **matter):
    return {
        ONE: article("One", date="2025-07-01 12:30"),
        TWO: article("Two", text, date="2025-10-27 12:30", **matter),
    }


def test_a_report_to_which_nothing_leads_is_told(tmp_path):
    (found,) = told(tmp_path, "orphan", alone())
    assert (found.path, found.severity) == (ONE, "note")


@pytest.mark.parametrize(
    "files",
    [
        alone("See [this](one.md)."),
        alone("See [this](/2025/07/one/)."),
        alone(related="[One]"),
        alone() | {"content/pages/about.md": "---\ntitle: About\n---\n[[One]]\n"},
        alone() | {"content/_front.yaml": "slots: [{articles: [One]}]\n"},
        {ONE: article("One", date="2025-09-01 12:30"), TWO: article("Two", date="2025-10-27 12:30")},
    ],
    ids=["link", "address", "related", "page", "front", "new"],
)
def test_a_report_to_which_anything_leads_and_one_that_is_new_are_fine(tmp_path, files):
    assert told(tmp_path, "orphan", files) == []


def test_a_report_to_whose_translation_something_leads_is_reached_too(tmp_path):
    files = {
        ONE: article("One", date="2025-07-01 12:30", lang="uk", translates="three"),
        TWO: article("Two", "See [[Three]].", date="2025-10-27 12:30"),
        THREE: article("Three", date="2025-07-01 12:30"),
    }
    assert told(tmp_path, "orphan", files) == []


def test_a_portrait_without_credit_is_told_as_a_lead_picture_is(tmp_path):
    files = {
        "static/x.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "content/authors/iryna.md": "---\nname: Iryna\nimage: {src: /x.svg, alt: Iryna}\n---\nShe.\n",
    }
    assert places(told(tmp_path, "credit-missing", files)) == [("content/authors/iryna.md", 3, 8)]


# ------------------------------------------------------------------------------------------------------- headlines

HEADLINE = "Ministry Orders Naval Drones From a Danube Yard"


def headlines(first, second, date="2025-10-27 12:30"):
    return {ONE: article(first, date="2025-10-01 12:30"), TWO: article(second, date=date)}


@pytest.mark.parametrize(
    "again", [HEADLINE, "From a Danube Yard, Ministry Orders Naval Drones", HEADLINE.replace("Orders", "Order")]
)
def test_nearly_the_same_headline_within_a_month_is_told_of_the_later_report(tmp_path, again):
    (found,) = told(tmp_path, "headline-repeated", headlines(HEADLINE, again))
    assert (found.path, found.line, found.severity) == (TWO, 2, "warning")
    assert f"26 days before: “{HEADLINE}” ({ONE})" in found.message


@pytest.mark.parametrize(
    ("again", "date"),
    [
        (HEADLINE, "2025-11-02 12:30"),
        (HEADLINE.replace("Danube", "Baltic"), "2025-10-27 12:30"),
        ("Ministry Orders Naval Drones", "2025-10-27 12:30"),
    ],
)
def test_a_headline_that_is_old_or_says_something_else_is_fine(tmp_path, again, date):
    assert told(tmp_path, "headline-repeated", headlines(HEADLINE, again, date)) == []


def test_other_numbers_are_other_news(tmp_path):
    loan = "Loan of 40 million euros approved for shell plants"
    assert told(tmp_path, "headline-repeated", headlines(loan, loan.replace("40", "60"))) == []


# ------------------------------------------------------------------------------------------------------- references

TITLE = "The Jammer’s Dilemma: Louder Is Easier to Find"
TYPED = "The Jammer's dilemma: louder is easier to find"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (article("Two", f"{TEXT}\n\nRead more: {TYPED}"), f"Read more: {TITLE}\n"),
        (article("Two", f"See [[{TYPED}|this]]."), f"See [[{TITLE}|this]].\n"),
        (article("Two", related=f'["{TYPED}"]'), f'related: ["{TITLE}"]\n'),
        (article("Two", translates=f'"{TYPED}"', lang="de"), f'translates: "{TITLE}"\n'),
        (article("Two", follows=f"\n- '{TYPED.replace(chr(39), chr(39) * 2)}' # first"), f"\n- '{TITLE}' # first\n"),
    ],
    ids=["read-more", "wiki", "flow", "one", "block"],
)
def test_a_headline_that_is_written_otherwise_is_mended_in_text_and_front_matter(tmp_path, before, after):
    files = {ONE: article(TITLE, date="2025-10-01 12:30"), TWO: before.replace("\n", "\r\n")}
    (found,) = told(tmp_path, "reference-spelling", files)
    assert after.replace("\n", "\r\n") in mended(tmp_path, found)
    write_site(tmp_path, {TWO: mended(tmp_path, found)})
    assert told(tmp_path, "reference-spelling") == []


@pytest.mark.parametrize("written", [TITLE, "one", "one.md"])
def test_a_headline_as_it_is_and_a_name_of_the_file_are_fine(tmp_path, written):
    files = {ONE: article(TITLE), TWO: article("Two", f"{TEXT}\n\nRead more: {written}")}
    assert told(tmp_path, "reference-spelling", files) == []


def test_a_headline_that_markdown_would_read_otherwise_is_told_and_not_mended(tmp_path):
    files = {ONE: article("The *Good* Radar’s Factory"), TWO: article("Two", r"[[The \*Good\* Radar's Factory]]")}
    assert [found.mend for found in told(tmp_path, "reference-spelling", files)] == [()]


# ------------------------------------------------------------------------------------------------------------ names


def test_one_person_in_two_spellings_is_told_at_the_rarer_one(tmp_path):
    files = {
        ONE: article("One", people="[Serhii Boiev]"),
        TWO: article("Two", people="[Serhii Boiev]"),
        THREE: article("Three", people="[Olena Vyhadana, Serhiy Boyev]"),
    }
    (found,) = told(tmp_path, "name-spelling", files)
    assert places([found]) == [(THREE, 4, 26)]
    assert (found.hint, found.severity) == ("write 'Serhii Boiev' if this is the same person", "note")


def test_an_author_is_spelled_as_the_own_file_spells_the_name(tmp_path):
    files = {
        "content/authors/iryna.md": "---\nname: Iryna Vyhadana\n---\nShe.\n",
        **{path: article(path, people="[Irina Vigadana]") for path in (ONE, TWO)},
    }
    assert {found.path for found in told(tmp_path, "name-spelling", files)} == {ONE, TWO}


def test_a_ukrainian_name_is_romanised_as_ukraine_does_it_however_often_it_is_not(tmp_path):
    files = {ONE: article("One", people="[Сергій Боєв]")}
    files |= {path: article(path, people="[Sergey Boev]") for path in (TWO, THREE)}
    found = told(tmp_path, "name-spelling", files)
    assert {(one.path, one.hint) for one in found} == {
        (path, "write 'Serhii Boiev' if this is the same person") for path in (TWO, THREE)
    }


def test_authors_may_choose_how_they_are_romanised(tmp_path):
    files = {
        "content/authors/serhiy.md": "---\nname: Serhiy Boyev\n---\nHe.\n",
        ONE: article("One", people="[Сергій Боєв]"),
    }
    assert told(tmp_path, "name-spelling", files) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Сергій Боєв", "Serhii Boiev"),  # the official romanisation
        ("Oleksandr Kovalenko", "Oleksandra Kovalenko"),
        ("Ivan Kovalskyi", "Ivanna Kovalska"),
        ("Petro Bondar", "Pedro Bondar"),
        ("Serhii Boiev", "Serhii Boiko"),
        ("Boiev", "Boyev"),
    ],
)
def test_two_persons_and_one_person_in_two_scripts_are_fine(tmp_path, one, other):
    files = {ONE: article("One", people=f"[{one}]"), TWO: article("Two", people=f"[{other}]")}
    assert told(tmp_path, "name-spelling", files) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Сергій Боєв", "Sergey Boev"),
        ("Volodymyr Zelenskyi", "Volodymyr Zelensky"),
        ("Jürgen Müller", "Jurgen Mueller"),
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("Ivan Petrenko", "Petrenko Ivan"),
        ("Claire Brouillon", "Claire Bruillon"),
    ],
)
def test_ways_of_romanising_and_slips_are_one_person(tmp_path, one, other):
    files = {ONE: article("One", people=f"[{one}]"), TWO: article("Two", people=f"[{other}]")}
    assert len(told(tmp_path, "name-spelling", files)) == 1

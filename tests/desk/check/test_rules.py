"""Each rule on one text: examples that trigger it, and near misses that do not."""

import re
from pathlib import Path

import pytest

from gazepress.desk.check import rules
from gazepress.desk.check.looking import look_at_text
from gazepress.desk.check.rule import TextRule
from gazepress.desk.check.text import read
from gazepress.diagnostics import CODES
from gazepress.documents import ParseOptions
from gazepress.settings import Settings
from gazepress.sources import SourceKind
from gazepress.stages.parse import parse

SETTINGS = Settings(title="The Gaze", url="https://gaze.example/", publication="The Gaze")
OPTIONS = ParseOptions("Europe/Kyiv", "en", {one: SETTINGS.phrases_for(one) for one in ("en", "uk")})
MATTER = {"title": "A headline", "date": "2025-10-27 12:30", "summary": "What it is about.", "kind": "analysis"}
THIS = "The Gaze reports this, referring to the Ministry of Defense."


def look(body="Text.", **matter):
    """Return the lines of an article and the findings in it; its body begins below the front matter."""
    data, document = _article(body, **matter)
    return data.decode().split("\n"), look_at_text(data, document, OPTIONS)


def see(body="Text.", **matter):
    return read(*_article(body, **matter), OPTIONS)


def _article(body, **matter):
    lines = [f"{key}: {value}" for key, value in {**MATTER, **matter}.items() if value is not None]
    data = "\n".join(("---", *lines, "---", body, "")).encode()
    parsed = parse(SourceKind.ARTICLE, data, OPTIONS)
    assert parsed.value, parsed.diagnostics
    return data, parsed.value.document


def told(code, body="Text.", **matter):
    """Return what is found by a rule, as the source from the place of each finding to the end of its line."""
    lines, findings = look(body, **matter)
    return [lines[one.line - 1][one.column - 1 :] for one in findings if one.code == code]


def hints(code, body, **matter):
    return [one.hint for one in look(body, **matter)[1] if one.code == code]


# ------------------------------------------------------------------------------------------------------ the registry


def test_each_rule_is_in_the_list_and_has_a_file_of_its_name():
    files = {file.stem.replace("_", "-") for file in Path(rules.__file__).parent.glob("*.py")} - {"--init--"}
    assert [rule.code for rule in rules.RULES] == list(dict.fromkeys(rule.code for rule in rules.RULES))
    assert {rule.code for rule in rules.RULES} == files


def test_no_rule_has_a_code_of_the_build():
    assert not {rule.code for rule in rules.RULES} & set(CODES)


def test_every_rule_says_what_it_means_and_how_it_is_mended():
    assert all(rule.meaning.endswith(".") and rule.mend.endswith(".") for rule in rules.RULES)


def test_the_rule_that_the_guide_for_contributors_shows_works_as_it_stands_there():
    guide = (Path(__file__).parents[3] / "CONTRIBUTING.md").read_text("utf-8")
    shown = re.search(r"\*\*… a rule of `gazepress check`\.\*\*.*?```python\n(.*?)```", guide, re.DOTALL)[1]
    example = {}
    exec(shown, example)
    text, near_miss = (see(title=title) for title in ("Do yards wait?", "Yards wait"))
    assert [example["RULE"].finding(hit).code for hit in example["RULE"].look(text)] == ["headline-asks"]
    assert list(example["RULE"].look(near_miss)) == []


# Code → examples that trigger it, with the source at the place that is told, and near misses. An example is a body, or
# front matter, or both.
CASES = {
    "headline-long": (
        [({"title": "x" * 111}, "x" * 111)],
        [{"title": "x" * 110}],
    ),
    "headline-stop": (
        [({"title": "Yards are full."}, "Yards are full."), ({"title": "“Yards are full.”"}, "“Yards are full.”")],
        [
            {"title": "Yards are full"},
            {"title": "Yards wait…"},
            {"title": "Yards wait ..."},
            {"title": "A deal in the U.S."},
        ],
    ),
    "headline-capitals": (
        [({"title": "YARDS ORDER CRANES"}, "YARDS ORDER CRANES"), ({"title": "ВЕРФІ ЗАМОВЛЯЮТЬ КРАНИ"}, "ВЕРФІ")],
        [{"title": "NATO AND EU"}, {"title": "MBDA, KNDS AND F-16"}, {"title": "Yards ORDER CRANES"}],
    ),
    "summary-missing": (
        [({"summary": None}, "---")],
        [{}],
    ),
    "summary-long": (
        [({"summary": "word " * 41}, "word word")],
        [{"summary": "word " * 40}],
    ),
    "summary-repeats": (
        [
            ({"title": "Yards order cranes", "summary": "Yards order cranes."}, "Yards order cranes."),
            ({"title": "Yards order cranes", "summary": "The yards order new cranes."}, "The yards"),
        ],
        [{"title": "Yards order cranes", "summary": "Eleven of them order cranes for hulls, says one of the yards."}],
    ),
    "source-missing": (
        [({"kind": "report"}, "---")],
        [{"kind": "opinion"}, {"kind": "report", "sources": "[{name: Yard}]"}, (THIS, {"kind": "report"})],
    ),
    "source-single": (
        [({"kind": "report", "sources": "[{name: Yard}]"}, "[{name"), (THIS, {"kind": "report"}, "---")],
        [
            {"kind": "report", "sources": "[{name: Yard}, {name: Bank}]"},
            (THIS, {"kind": "report", "sources": "[{name: Yard}]"}),
            {"sources": "[{name: Yard}]"},
        ],
    ),
    "source-unnamed": (
        [(THIS, {"sources": "[{name: Ministry of Defense}, {name: Muster Shipyard}]"}, "Muster Shipyard}")],
        [
            {"sources": "[{name: Muster Shipyard}]"},
            (f"{THIS} So does Muster Shipyard.", {"sources": "[{name: 'Muster Shipyard, a notice to its buyers'}]"}),
            (f"{THIS} [So do others](https://a.example/).", {"sources": "[{name: Yard, url: https://a.example/}]"}),
        ],
    ),
    "alt-empty": (
        [("Look: ![](crane.svg)", {}, "![](crane.svg)")],
        ["![A crane over a hull](crane.svg)"],
    ),
    "alt-idle": (
        [
            ("![photo](crane.svg)", {}, "![photo]"),
            ("![IMG_2031](crane.svg)", {}, "![IMG"),
            ({"image": "{src: a.jpg, alt: crane-final.jpg}"}, "crane-final"),
            ("![Фото](crane.svg)", {"lang": "uk"}, "![Фото]"),
        ],
        [
            "![Photo of a crane over a hull](crane.svg)",
            {"image": '{src: a.jpg, alt: ""}'},
            "![Map of the two ports](m.svg)",
        ],
    ),
    "heading-skipped": (
        [("## One\n\n#### Two", {}, "Two"), ("### One", {}, "One")],
        ["## One\n\n### Two\n\n## Three\n\n### Four", "# One\n\n## Two", "## One\n\n### Two\n\n#### Three\n\n## Four"],
    ),
    "paragraph-long": (
        [("word " * 151, {}, "word word")],
        ["word " * 150, "> " + "word " * 151],
    ),
    "link-vague": (
        [
            ("See [here](https://a.example/).", {}, "[here]"),
            ("A list:\n\n- for more, [click here](https://a.example/)", {}, "[click here]"),
            ("Дивіться [тут](https://a.example/).", {"lang": "uk"}, "[тут]"),
        ],
        ["See [here in the register](https://a.example/).", "Look here: [the register](https://a.example/)."],
    ),
    "link-insecure": (
        [
            ("From [a yard](http://a.example/).", {}, "[a yard]"),
            ({"sources": "[{name: A, url: http://a.example}]"}, "http:"),
        ],
        ["From [a yard](https://a.example/).", "The address is `http://a.example/`."],
    ),
    "acronym-unexplained": (
        [
            ("The LUV is ready.", {}, "LUV is"),
            ("The LUV is ready. A light utility vehicle (LUV) has four wheels.", {}, "LUV is"),
            ("Ready are 40 LUVs.", {}, "LUVs."),
            ("Випробували НРК.", {"lang": "uk"}, "НРК"),
        ],
        [
            "A light utility vehicle (LUV) has four wheels. The LUV is ready.",
            "The LUV (light utility vehicle) is ready.",
            "A light utility vehicle has four wheels. The LUV is ready.",
            "NATO, the EU and the USA agree.",
            "An F-16, an IRIS-T and a ZSU-23 fly; GB-0052-1 does not.",
            "Chapter II and World War III.",
            "“The LUV is ready,” he said.",
            "The *LUV* is what others call it.",
            ("The LUV is ready.", {"systems": "[LUV Mark]"}),
            ("НАТО та ЗСУ.", {"lang": "uk"}),
            ("Випробували наземний роботизований комплекс. НРК їде.", {"lang": "uk"}),
            ("Der LKW steht.", {"lang": "de"}),
        ],
    ),
    "numbers-mixed": (
        [
            ("First 12,000 rounds, then 14 000.", {}, "14 000."),
            ("It grew 3.5 percent, then 3,7 percent.", {}, "3,7 percent."),
            ("It grew 3% and then 4 percent.", {}, "4 percent."),
            ("It cost €3 billion, and €4bn now.", {}, "4bn now."),
            ("Це 3 млн, а то 4 мільйони.", {"lang": "uk"}, "4 мільйони"),
            ("Спершу 12 000 набоїв, тоді 14,000.", {"lang": "uk"}, "14,000."),
        ],
        [
            "First 12,000 rounds, then 14,000; in 2025 300 more.",
            "It grew 3.5 percent from 12,000.",
            "It grew 3 percent, and “by 4%”, she said.",
            "| rounds |\n| --- |\n| 12 000 |\n\nOf 14,000 rounds.",
            ("Es sind 3 Prozent, dann 4%.", {"lang": "de"}),
            "Number 23 155-mm shells and 12,000 more.",
        ],
    ),
    "units-mixed": (
        [
            ("It flies 300 km, then 40 miles.", {}, "40 miles."),
            ("At 300 feet it sees 40 meters.", {}, "40 meters."),
            ("It flies 300 km, then 40 kilometers.", {}, "40 kilometers"),
            ("Летить 300 км, тоді 40 кілометрів.", {"lang": "uk"}, "40 кілометрів."),
        ],
        [
            "It flies 300 km, then 40 km.",
            "It flies 300 kilometers (190 miles), then 40 kilometers.",
            "It sails 300 nautical miles and flies 40 kilometers.",
            "It flies 300 km, or “200 miles”, as she said.",
            "It goes 300 kilometers at 40 km/h.",
            ("Es fliegt 300 km, dann 40 Kilometer.", {"lang": "de"}),
        ],
    ),
    "money-bare": (
        [
            ("The order is worth 300 million.", {}, "300 million."),
            ("The yard paid about 3.5 billion for it.", {}, "3.5 billion"),
            ("Угода вартістю 300 млн на рік.", {"lang": "uk"}, "300 млн"),
        ],
        [
            "The order is worth 300 million euros.",
            "The order is worth €300 million.",
            "The yard paid 3 million workers.",
            "It counts 300 million, and costs 4 weeks.",
            "Of 30 euros a piece, they paid 3 million.",
            ("Угода вартістю 300 млн гривень.", {"lang": "uk"}),
            ("Er kostet 300 million.", {"lang": "de"}),
        ],
    ),
    "date-vague": (
        [
            ("The hull was launched yesterday.", {}, "yesterday."),
            ("It said on Thursday that it waits.", {}, "on Thursday"),
            ("The ministry announced today that it waits.", {}, "today that"),
            ("Це сталося вчора.", {"lang": "uk"}, "вчора."),
            ("Корпус спустили у четвер.", {"lang": "uk"}, "у четвер."),
        ],
        [
            "The hull was launched on Thursday, October 23.",
            "“We launched it yesterday,” he said.",
            "The ships of tomorrow need no crew, and it could float tomorrow.",
            "Today hulls are welded. On Mondays they are painted.",
            ("It was launched yesterday.", {"kind": "live"}),
            ("It was launched yesterday.", {"lang": "fr"}),
            ("Корпус спустили у четвер, 23 жовтня.", {"lang": "uk"}),
        ],
    ),
    "updated-missing": (
        [
            ({"corrections": f"[{{date: 2025-10-28, text: Five hulls., kind: {kind}}}]"}, "{date: 2025-10-28,")
            for kind in ("correction", "update", "retraction")
        ]
        + [({"corrections": "[{date: 2025-10-28 09:00, text: Five.}]", "updated": "2025-10-28 08:59"}, "{date")],
        [
            {"corrections": "[{date: 2025-10-28, text: Ask us., kind: editors-note}]"},
            {"corrections": "[{date: 2025-10-28, text: It meant hulls., kind: clarification}]"},
            {"corrections": "[{date: 2025-10-28 09:00, text: Five.}]", "updated": "2025-10-28 09:00"},
        ],
    ),
    "credit-missing": (
        [
            ({"image": "{src: a.svg, alt: A hull}"}, "{src"),
            ({"image": '{src: a.svg, alt: A hull, credit: ""}'}, "{src"),
        ],
        [{"image": "{src: a.svg, alt: A hull, credit: The Gaze}"}, {}],
    ),
    "name-in-text": (
        [
            ("Minister *Serhiy* Boyev’s office. Serhiy Boyev did.", {"people": "[Serhii Boiev]"}, "Serhiy* Boyev"),
            ("By Irina Vigadana, Kyiv.", {"authors": "[Iryna Vyhadana]"}, "Irina Vigadana"),
        ],
        [
            ("SERHII BOIEV met Serhii Boiev’s brother, Serhii Boiko.", {"people": "[Serhii Boiev]"}),
            ("Це сказав Сергій Боєв. Слова Сергія Боєва чули, Сергію Боєву вірять.", {"people": "[Сергій Боєв]"}),
            ("Катерину Шевченко і Катерини Шевченко, Катерина Шевченко.", {"people": "[Катерина Шевченко]"}),
            ("Oleksandr and Oleksandra Kovalenko", {"people": "[Oleksandr Kovalenko, Oleksandra Kovalenko]"}),
            "Serhiy Boyev",
        ],
    ),
}


def _written(case):
    """Return a case as body, front matter and what stands at the place that is told."""
    match case:
        case (str() as body, dict() as matter, str() as at):
            return body, matter, at
        case (str() as body, dict() as matter):
            return body, matter, ""
        case (dict() as matter, str() as at):
            return "Text.", matter, at
        case dict() as matter:
            return "Text.", matter, ""
        case str() as body:
            return body, {}, ""
    raise AssertionError(case)


def test_every_rule_on_texts_has_an_example_and_a_near_miss():
    assert set(CASES) == {rule.code for rule in rules.RULES if isinstance(rule, TextRule)}
    assert all(examples and misses for examples, misses in CASES.values())


@pytest.mark.parametrize(("code", "case"), [(code, one) for code, (examples, _) in CASES.items() for one in examples])
def test_an_example_triggers_the_rule_at_its_place(code, case):
    body, matter, at = _written(case)
    found = told(code, body, **matter)
    assert len(found) == 1
    assert found[0].startswith(at)


@pytest.mark.parametrize(("code", "case"), [(code, one) for code, (_, misses) in CASES.items() for one in misses])
def test_a_near_miss_does_not(code, case):
    body, matter, _ = _written(case)
    assert told(code, body, **matter) == []


def test_the_hint_has_the_date_that_a_word_stands_for():
    assert hints("date-vague", "It sank yesterday.") == ["write the date: October 26, 2025"]
    assert hints("date-vague", "It sinks next Monday.") == ["write the date: November 3, 2025"]
    assert hints("date-vague", "It sank last Monday.") == ["write the date: October 20, 2025"]
    assert hints("date-vague", "It sank on Friday.") == ["write the date: October 24, 2025 or October 31, 2025"]
    assert hints("date-vague", "Він затонув минулої середи.", lang="uk") == ["write the date: 22 жовтня 2025\u202fр."]


def test_a_place_is_right_behind_links_line_ends_escapes_and_in_quotes():
    body = "Some [words](https://a.example/on-Friday) \\*and\\* more,\non a new line, on *this* day on Friday.\n"
    assert told("date-vague", body) == ["on Friday."]
    assert told("date-vague", "- an item\n  that went on Friday") == ["on Friday"]


def test_the_read_more_line_is_not_the_authors_text():
    assert told("acronym-unexplained", "Text.\n\nRead more on The Gaze: The LUV Is Ready") == []


def test_a_text_of_hostile_length_takes_no_time():
    hostile = "on " * 20_000 + "1 " * 20_000 + "A" * 20_000 + "“" * 20_000 + "worth 1," * 5_000 + "300 000 " * 5_000
    look(hostile)

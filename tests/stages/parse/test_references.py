"""Links, wiki links and pictures: what they refer to, where they stand, what is left of unsafe ones."""

import pytest

from gazepress.documents import ParseOptions
from gazepress.sources import SourceKind
from gazepress.stages.parse import find_refs


@pytest.mark.parametrize(
    ("text", "kind", "target", "html"),
    [
        ("[w](other.md)", "link", "other.md", "{open 0}w{close 0}"),
        ("[*w*](../x/y.md#part)", "link", "../x/y.md#part", "{open 0}<em>w</em>{close 0}"),
        ("[w](/about/)", "link", "/about/", "{open 0}w{close 0}"),
        ("[w](prices.csv)", "link", "prices.csv", "{open 0}w{close 0}"),
        ("[w](#part)", "link", "#part", "{open 0}w{close 0}"),
        ("[w](<with space.md>)", "link", "with space.md", "{open 0}w{close 0}"),
        ("[w](назва.md)", "link", "назва.md", "{open 0}w{close 0}"),
        ("[w](a&amp;b.md)", "link", "a&b.md", "{open 0}w{close 0}"),
        ("[w][1]\n\n[1]: other.md", "link", "other.md", "{open 0}w{close 0}"),
        ("[w]\n\n[w]: other.md", "link", "other.md", "{open 0}w{close 0}"),
        ("[[A Title]]", "wiki", "A Title", "{open 0}{title 0}{close 0}"),
        ("[[A: “B” – C’s]]", "wiki", "A: “B” – C’s", "{open 0}{title 0}{close 0}"),
        ("[[A &amp;\nB [C]]]", "wiki", "A & B [C]", "{open 0}{title 0}{close 0}"),
        ("[[A|*w* `c`]]", "wiki", "A", "{open 0}<em>w</em> <code>c</code>{close 0}"),
        ("[[A|]]", "wiki", "A", "{open 0}{title 0}{close 0}"),
        ("[[javascript:x]]", "wiki", "javascript:x", "{open 0}{title 0}{close 0}"),
        ("x ![w](p.png)", "picture", "p.png", 'x <img src="{address 0}" alt="w" loading="lazy">'),
        ("x ![](/i/p.png)", "picture", "/i/p.png", 'x <img src="{address 0}" alt="" loading="lazy">'),
    ],
)
def test_what_leads_to_this_site_is_a_reference_and_a_hole(read, text, kind, target, html):
    result = read(text)
    assert result.refs == [(kind, target)]
    assert result.html == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`[[no]]`", "<code>[[no]]</code>"),
        ("\\[[no]]", "[[no]]"),
        ("[[ ]]", "[[ ]]"),
        ("[[no]", "[[no]"),
        ("[w](https://x.example/a?b=1&c=2)", '<a href="https://x.example/a?b=1&amp;c=2">w</a>'),
        ("[w](https://x.example/ü)", '<a href="https://x.example/%C3%BC">w</a>'),
        ("[w](//x.example/)", '<a href="https://x.example/">w</a>'),
        ("[w](/\\x.example/)", '<a href="https://x.example/">w</a>'),
        ("[w](/&Tab;/x.example/)", '<a href="https://x.example/">w</a>'),
        ("[w](tel:+380)", '<a href="tel:+380">w</a>'),
        ("<https://x.example>", '<a href="https://x.example">https://x.example</a>'),
        ("<a@x.example>", '<a href="mailto:a@x.example">a@x.example</a>'),
        ('[w](https://x.example "t")', '<a href="https://x.example" title="t">w</a>'),
        ("[[1]](https://x.example)", '<a href="https://x.example">[1]</a>'),
    ],
)
def test_what_leads_elsewhere_or_nowhere_is_none(read, text, html):
    result = read(text)
    assert result.html == f"<p>{html}</p>"
    assert result.refs == result.problems == []


def test_a_picture_from_elsewhere_is_no_reference_and_is_told_with_its_place(read):
    result = read("x ![w](https://x.example/p.png)")
    assert result.html == '<p>x <img src="https://x.example/p.png" alt="w" loading="lazy"></p>'
    assert result.refs == []
    assert result.problems == [
        "5:3: picture-elsewhere: browsers will not show this picture, since it comes from x.example"
    ]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&#10;script:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.example/",
        "report.md:12",
    ],
)
def test_a_link_with_another_scheme_keeps_its_words_only(read, address):
    result = read(f"See [the *words*]({address}).")
    assert result.html == "<p>See the <em>words</em>.</p>"
    assert result.codes == ["unsafe-link"]
    assert result.problems[0].startswith("5:5:")


@pytest.mark.parametrize("address", ["data:image/png;base64,x", "javascript:x", "mailto:a@x.example"])
def test_a_picture_that_the_web_cannot_give_is_its_words(read, address):
    result = read(f"See ![the *words*]({address}).")
    assert result.html == "<p>See the words.</p>"
    assert result.codes == ["unsafe-link"]


def test_autolinks_of_other_schemes_are_unlinked(read):
    result = read("See <ftp://x.example>.")
    assert result.html == "<p>See ftp://x.example.</p>"
    assert result.codes == ["unsafe-link"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A [b](c.md), [[D]] ![e](f.png) [g](h.md)", [(5, 3), (5, 14), (5, 20), (5, 32)]),
        ("A\nb [c](d.md)\n  e [f](g.md)", [(6, 3), (7, 5)]),
        ("> - A\n>   [b](c.md)", [(6, 5)]),
        ("> A\nlazy [b](c.md)", [(6, 6)]),
        ("1. A [b](c.md)\n   - [d](e.md)", [(5, 6), (6, 6)]),
        ("## A [b](c.md) ##", [(5, 6)]),
        ("A [b](c.md)\n===", [(5, 3)]),
        ("| a | [b](c.md) |\n|-|-|\n| [d](e.md) | f |", [(5, 7), (7, 3)]),
        ("A[^1]\n\n[^1]: B [c](d.md)\n    [e](f.md)", [(7, 9), (8, 5)]),
        ("A\n: B [c](d.md)", [(6, 5)]),
        ("A `x\ny` *[b](c.md)*", [(6, 5)]),
        ("A [b\nc](d.md\n'e') [f](g.md)", [(5, 3), (7, 6)]),
        ("ЖЖ [b](c.md)", [(5, 4)]),
        ("A[b]\n\n[b]: c.md", [(5, 2)]),
        ("\t\n\n- A\n\n\tB [c](d.md)", [(9, 4)]),
    ],
)
def test_a_reference_knows_its_line_and_column(read, text, places):
    assert read(text).places == places


def test_a_cell_with_an_escaped_bar_is_found_by_its_line(read):
    result = read("| a |\n|-|\n| [[T\\|w]] |")
    assert result.refs == [("wiki", "T")]
    assert result.places == [(7, 1)]


def test_a_link_holds_no_link(read):
    assert read("[a [b](c.md) d](e.md)").html == "<p>[a {open 0}b{close 0} d](e.md)</p>"
    assert read("[a [[B]] d](e.md)").html == "<p>[a {open 0}{title 0}{close 0} d](e.md)</p>"
    assert read("[[A|b [c](d.md)]]").html == "<p>{open 0}b c{close 0}</p>"
    noted = read("[[A|b[^1]]]\n\n[^1]: c").html
    assert '{open 0}b<sup class="footnote-ref" id="fnref:1">1</sup>{close 0}' in noted


def test_a_picture_can_be_a_link(read):
    result = read("[![a](b.png)](c.md)")
    assert result.html == '<p>{open 0}<img src="{address 1}" alt="a" loading="lazy">{close 0}</p>'
    assert result.refs == [("link", "c.md"), ("picture", "b.png")]


def test_what_a_link_carries_besides_its_address_goes_to_its_words(read):
    assert read('[a](b.md "t"){.c #d}').html == ('<p>{open 0}<span title="t" class="c" id="d">a</span>{close 0}</p>')


def test_references_stand_in_the_order_of_the_text(read):
    result = read("[a](1.md)\n\nRead more: Two\n\n[[3]] <img src=4.png alt=''>\n\n![5](5.png)")
    assert [target for _, target in result.refs] == ["1.md", "Two", "3", "4.png", "5.png"]


@pytest.mark.parametrize("front", ["title: A\ndate: 2026-01-01\nrelated: [b]", "title: [", "title: A"])
def test_the_references_of_a_text_are_found_whatever_is_wrong_with_its_front_matter(front):
    text = f"---\n{front}\n---\r\nSee [[B]].\n"
    found = [
        (ref.kind, ref.target, ref.line) for ref in find_refs(SourceKind.ARTICLE, text, ParseOptions("UTC", "en", {}))
    ]
    assert ("wiki", "B", front.count("\n") + 4) in found
    assert (("related", "b", 4) in found) == ("related" in front)

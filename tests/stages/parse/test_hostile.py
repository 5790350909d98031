"""Whatever a file holds: no traceback, nothing active, no forged hole, and no long wait."""

import time
from collections import Counter
from itertools import pairwise, product

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gazepress.digest import digest_bytes
from gazepress.documents import Hole, ReadMore, Role
from gazepress.sources import SourceKind
from gazepress.stages.parse import parse

ACTIVE = ("script", "style", "iframe", "object", "embed", "form", "svg", "math", "base", "meta", "link")
MATTER = b"---\ntitle: T\ndate: 2026-03-09\n---\n"

# Between two spaces stands a piece; a space inside a piece is a no-break space.
PIECES = (
    "word The Lookout’s \n \n\n\t > - 1. # ## ``` ` * ** _ ~~ [ ] ( ) [[ ]] ![ ]( | |-| \\ & &amp; &#0; &#x0c; "
    "&#xD800; &Tab; &colon; [^1] [^1]: {#a} {.b} {onclick=x} \n{#a}\n : --- === <b> </b> <div> </div> \n<div>\n <p> "
    "<td> <tr> <table> </table> <a <a> </a> <script> </script> <style> <svg> <math> <title> <textarea> <!-- --> "
    "<![CDATA[ ]]> <?x ?> <img src=x alt=y> <img/onerror=x> <b/onclick=alert(1)> <a href=javascript:x> onclick= style= "
    "\" ' > javascript:alert(1) [x](javascript:alert(1)) [x](java&Tab;script:a) [x](a.md) [[T]] [[T|w]] ![a](b.png) "
    "![a](data:x) <javascript:x> <https://x.example> https://x.example Read\u00a0more: Read\u00a0more:\u00a0x "
    "\nRead\u00a0more:\u00a0[x](a.md)\n As\u00a0The\u00a0Lookout\u00a0reported\u00a0earlier, "
    "The\u00a0Lookout\u00a0reports,\u00a0citing\u00a0x. \x00 \x0b \ufffe \u202e \u0301 😀 [r] [r]:x \n[r]:\u00a0a.md\n "
    '— -- "\n>\u00a0— hole {{x}} {%x%} <details> <summary> </details> <select> <option> <form> <noscript> <template>'
).split(" ")

markdown = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=60
).map("".join)


def filled(parts) -> str:
    """The body as a page would show it when every reference leads somewhere."""
    shown = {Role.OPEN: '<a href="/x/">', Role.CLOSE: "</a>", Role.TITLE: "Title", Role.ADDRESS: "/x.png"}
    return "".join(
        part if isinstance(part, str) else "<aside></aside>" if isinstance(part, ReadMore) else shown[part.role]
        for part in parts
    )


def check_safe(html: str) -> None:
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        name = str(element.tag).lower()
        assert name not in (
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "svg",
            "math",
            "base",
            "meta",
            "link",
        )
        for key, value in element.attrib.items():
            assert not str(key).lower().startswith("on"), (element.tag, key)
            assert key not in ("style", "srcdoc", "formaction", "srcset")
            if key in ("href", "src", "cite"):
                plain = "".join(character for character in value if character > " ").lower()
                assert not plain.startswith(("javascript:", "data:", "vbscript:")), value


def check_holes(parsed) -> None:
    document = parsed.document
    opened = []
    for part in parsed.body.parts:
        if isinstance(part, ReadMore):
            assert all(document.refs[ref].kind.value == "read-more" for ref in part.refs)
        elif isinstance(part, Hole):
            assert 0 <= part.ref < len(document.refs)
            if part.role is Role.OPEN:
                opened.append(part.ref)
            elif part.role is Role.CLOSE:
                assert opened.pop() == part.ref
            elif part.role is Role.TITLE:
                assert opened
                assert opened[-1] == part.ref
    assert opened == []


def check_parts(document) -> None:
    parts = document.body.parts
    assert all(parts)
    assert not any(isinstance(one, str) and isinstance(two, str) for one, two in pairwise(parts))


@settings(max_examples=400, deadline=None)
@given(markdown)
@example("<b>[a</b> [[b]] c](d.md) <table><tr><td>[x](y.md)<td>[[z]]")
@example("[<table><tr><td>](a.md)[b](c.md)</table>")
@example("<table>\n\n[a](b.md)\n\nRead more: c\n\n<td>\n\n[d](e.md)\n")
def test_no_text_becomes_active_or_forges_a_hole(options, text):
    checked = parse(SourceKind.ARTICLE, MATTER + text.encode(), options)
    document = checked.value
    assert document is not None
    check_safe(filled(document.body.parts))
    check_holes(document)
    check_parts(document)
    document = document.document
    assert len(set(document.fragments)) == len(document.fragments)
    for one in (*document.refs, *document.attributions, *document.earlier, *checked.diagnostics):
        assert one.line >= 5
        assert one.column >= 1


@settings(max_examples=200, deadline=None)
@given(markdown)
def test_ids_stand_once_in_the_page_and_are_the_fragments(options, text):
    document = parse(SourceKind.ARTICLE, MATTER + text.encode(), options).value
    tree = html5lib.parseFragment(filled(document.body.parts), treebuilder="etree", namespaceHTMLElements=False)
    ids = Counter(element.attrib["id"] for element in tree.iter() if "id" in element.attrib)
    assert set(ids) <= set(document.document.fragments)
    assert set(ids.values()) <= {1}


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.sampled_from((SourceKind.ARTICLE, SourceKind.PAGE, SourceKind.AUTHOR)))
@example(b"---\n\xff---\n", SourceKind.ARTICLE)
@example(b"---\ntitle: \x00\n---\n\x00", SourceKind.PAGE)
def test_no_bytes_end_in_a_traceback(options, data, kind):
    for whole in (data, b"---\n" + data, b"---\n" + data + b"\n---\n" + data, MATTER + data):
        checked = parse(kind, whole, options)
        assert (checked.value is None) == any(one.severity == "error" for one in checked.diagnostics)


words = st.text(max_size=12) | st.sampled_from(
    ("2026-03-09", "[a]", "{a: b}", "*x", "&x", "/a/", "draft", "ready", "~")
)
keys = st.sampled_from(
    "title date id kind updated slug section tags authors summary lang dateline image sources related follows status "
    "embargo corrections aliases organizations people countries systems deals extra links role name".split()
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(keys, words), max_size=8))
def test_no_front_matter_ends_in_a_traceback(options, pairs):
    lines = "".join(f"{key}: {value}\n" for key, value in pairs)
    for kind in (SourceKind.ARTICLE, SourceKind.PAGE, SourceKind.AUTHOR):
        checked = parse(kind, f"---\n{lines}---\nWords.".encode(errors="surrogatepass"), options)
        assert (checked.value is None) == any(one.severity == "error" for one in checked.diagnostics)


def test_the_mark_of_another_text_is_only_text(options):
    text = "<b>a</b> [b](c.md)"
    marks = (f"hole{digest_bytes(text.encode())}", "hole")
    for mark, number in product(marks, range(4)):
        forged = f'{text} {mark}{number}. <hr class="{mark}{number}"> ![x]({mark}{number}.)'
        document = parse(SourceKind.ARTICLE, MATTER + forged.encode(), options).value
        assert [part.role for part in document.body.parts if isinstance(part, Hole)] == [
            *(Role.OPEN, Role.CLOSE, Role.ADDRESS),
        ]
        assert f"{mark}{number}." in "".join(part for part in document.body.parts if isinstance(part, str))


def test_characters_that_no_feed_can_hold_are_replaced(options):
    text = "## a\x00\x01\x0b\x0c\ufffe&#0;&#12;&#x0C;&#xD800;\n\n[[b&#12;c]] ![d&#12;](e\x01.png)"
    document = parse(SourceKind.ARTICLE, MATTER + text.encode(), options).value
    shown = repr(document)
    for bad in ("\\x00", "\\x01", "\\x0b", "\\x0c", "\\ufffe", "\\ud800"):
        assert bad not in shown


def test_templates_in_a_text_are_text(read):
    assert read("{{ config }} {% include 'x' %} ${x}").html == "<p>{{ config }} {% include 'x' %} ${x}</p>"


SIZE = 40_000

REPEATED = (
    "[ ![ [[ [[a| [[a]] [a]( [a][b ] * *a a* _a ** ~ ` | < <a <!-- <div> <div>\n\n <b> </b> <title> <table><tr><td> "
    "<select> <img alt=b src=c> <p> & &#12; > - {#a} [a](b){ [a](b.md) [a](x:y) ![a](b.png) # \n a\n a\n\n #\ta\n >a\n "
    "a\n:\tb\n |a|b\n [^a]: . A. ： : Read\u00a0more:\u00a0a\n Read\u00a0also:\n\n-\ta\n\n "
    "The\u00a0Lookout\u00a0reports,\u00a0citing\u00a0a.\u00a0 "
    "As\u00a0The\u00a0Lookout\u00a0reported\u00a0earlier\u00a0[a](b) "
    "<div\u00a0a=\"' // ="
).split(" ")


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_a_long_text_of_one_kind_takes_no_long_time(options, piece):
    text = (piece * (SIZE // len(piece.encode()) + 1)).encode()
    start = time.process_time()
    checked = parse(SourceKind.ARTICLE, MATTER + text, options)
    assert time.process_time() - start < 15  # seconds; what is not linear takes minutes
    assert checked.value is not None


@pytest.mark.parametrize(
    "text",
    [
        "|" * 5000 + "\n" + "|-" * 5000 + "\n" + "|a" * 5000,
        "".join(f"<b class={number}>\n\na\n\n" for number in range(4000)),
        "<div>" + "".join(f"<b class={number}>" for number in range(4000)) + "<p>" * 10000,
        "".join("`" * number + " " for number in range(440)),
        "".join(" " * number + "- a\n" for number in range(400)),
        "<div " + "/" * SIZE,
        "Read also:\n" + "- a\n" * 20000 + "- b\n\n  c",
        "- a\n\nb\n\n" * 60000,
    ],
    ids=[
        "wide table",
        "open elements",
        "open elements in a block",
        "code marks",
        "deep list",
        "slashes",
        "long list",
        "many lists",
    ],
)
def test_texts_made_to_take_long_do_not(options, text):
    start = time.process_time()
    checked = parse(SourceKind.ARTICLE, MATTER + text.encode(), options)
    assert time.process_time() - start < 15
    assert checked.value is not None
    assert sum(len(part) for part in checked.value.body.parts if isinstance(part, str)) < 100 * SIZE

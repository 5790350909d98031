"""Headings, figures, quotes, code, notes, tables: Markdown as a newsroom's page shows it."""

import pytest


def headings(result):
    return [(one.level, one.text, one.id) for one in result.body.headings]


def test_headings_have_ids_from_their_text(read):
    result = read("## The *First* [[One]]\n\n### Її друга & третя\n\nSetext\n---\n")
    assert headings(result) == [
        (2, "The First One", "the-first-one"),
        (3, "Її друга & третя", "yii-druha-tretia"),
        (2, "Setext", "setext"),
    ]
    assert '<h3 id="yii-druha-tretia">Її друга &amp; третя</h3>' in result.html


def test_the_first_level_belongs_to_the_page(read):
    assert headings(read("# A\n\n## B\n\n###### C")) == [(2, "A", "a"), (2, "B", "b"), (6, "C", "c")]


def test_equal_headings_have_ids_of_their_own(read):
    assert [one[2] for one in headings(read("## A\n## A\n## A-2\n## A\n## ?\n##\n"))] == [
        *("a", "a-2", "a-2-2", "a-3", "section", "section-2"),
    ]


def test_an_id_of_the_authors_own_comes_first(read):
    result = read("## Part\n\n{#part .wide}\n## Other\n\n<span id='part'>x</span>")
    assert headings(result) == [(2, "Part", "part-3"), (2, "Other", "part")]
    assert result.document.fragments == ("part", "part-2", "part-3")
    assert '<h2 class="wide" id="part">' in result.html


def test_a_picture_alone_is_a_figure_with_its_title_as_caption(read):
    assert read('![A *b*](c.png "D < e")').html == (
        '<figure><img src="{address 0}" alt="A b" loading="lazy"><figcaption>D &lt; e</figcaption></figure>'
    )


def test_pictures_alone_are_a_figure_each(read):
    html = read("{.wide}\n![a](b.png)\n![c](https://x.example/d.png) ").html
    assert html == (
        '<figure class="wide"><img src="{address 0}" alt="a" loading="lazy"></figure>\n'
        '<figure><img src="https://x.example/d.png" alt="c" loading="lazy"></figure>'
    )


def test_a_picture_among_words_stays_in_its_paragraph(read):
    assert read("A ![b](c.png)").html.startswith("<p>A <img")


def test_a_table_that_is_too_wide_for_a_phone_can_be_reached_by_keyboard(read):
    assert '<table tabindex="0">' in read("|a|b|c|d|\n|-|-|-|-|\n|1|2|3|4|").html
    assert '<table tabindex="0">' in read("<b>x</b>\n\n|a|b|c|d|e|\n|-|-|-|-|-|").html
    assert "<table>" in read("|a|b|c|\n|-|-|-|\n|1|2|3|\n\n|d|\n|-|\n").html


def test_a_quote_can_be_a_box_of_facts_with_a_title(read):
    result = read("> [!FACTS] The *Lantern* in short\n> Range: 9 km\n>\n> - [[Crew]]: two\n\nAfter it.")
    assert result.html == (
        '<div class="facts" role="note">\n<p class="facts-title">The <em>Lantern</em> in short</p>\n'
        "<p>Range: 9 km</p>\n<ul>\n<li>{open 0}{title 0}{close 0}: two</li>\n</ul>\n</div>\n<p>After it.</p>"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("> [!FACTS]\n> - one", '<div class="facts" role="note">\n<ul>\n<li>one</li>\n</ul>\n</div>'),
        (
            "> [!FACTS] Title\n>\n> Text",
            '<div class="facts" role="note">\n<p class="facts-title">Title</p>\n<p>Text</p>\n</div>',
        ),
        (
            "> [!QUOTE]\n> We counted bolts.\n> — Nora Muster",
            '<blockquote class="pull-quote">\n<p>We counted bolts.</p>\n<footer>— Nora Muster</footer>\n</blockquote>',
        ),
        ("> [!QUOTE] We *counted*.", '<blockquote class="pull-quote">\n<p>We <em>counted</em>.</p>\n</blockquote>'),
        ("> [!OTHER] Words", "<blockquote>\n<p>[!OTHER] Words</p>\n</blockquote>"),
        ("[!FACTS] Words", "<p>[!FACTS] Words</p>"),
        ("> Words\n>\n> [!FACTS] Words", "<blockquote>\n<p>Words</p>\n<p>[!FACTS] Words</p>\n</blockquote>"),
    ],
)
def test_a_mark_makes_a_box_only_where_a_quote_begins(read, text, html):
    assert read(text).html == html


@pytest.mark.parametrize(
    "text",
    [
        "> Words.\n> — Nora *Muster*, editor",
        "> Words.\n>\n> — Nora *Muster*, editor",
        "> Words.\n> -- Nora *Muster*, editor",
        "> Words.  \n> —Nora *Muster*, editor",
    ],
)
def test_the_last_line_of_a_quote_can_name_who_is_quoted(read, text):
    assert read(text).html == (
        "<blockquote>\n<p>Words.</p>\n<footer>— Nora <em>Muster</em>, editor</footer>\n</blockquote>"
    )


@pytest.mark.parametrize("text", ["> — A dialogue begins so.", "> Words - not a name.", "> Words.\n\n— Nora"])
def test_other_dashes_name_nobody(read, text):
    assert "<footer>" not in read(text).html


def test_code_is_shown_and_not_run(read):
    html = read("```js x\n<script>alert(1)</script> [[no]]\n```\n\n    {{ no }}\n").html
    assert html == (
        '<pre><code class="language-js">&lt;script&gt;alert(1)&lt;/script&gt; [[no]]\n</code></pre>\n'
        "<pre><code>{{ no }}\n</code></pre>"
    )


def test_the_language_of_code_is_text(read):
    assert 'class="language-&quot;&gt;&lt;b&gt;"' in read('``` "><b>\nx\n```').html


def test_footnotes_lead_there_and_back(read):
    result = read("A[^x] b[^x]\n\n## Fn 1\n\n[^x]: Note.")
    html = result.html
    assert '<sup class="footnote-ref" id="fnref:1"><a href="#fn:1" role="doc-noteref">1</a></sup>' in html
    assert '<li id="fn:1"><p>Note. <a class="footnote-back" href="#fnref:1" role="doc-backlink">↩\ufe0e 1</a>' in html
    assert 'href="#fnref:1:2"' in html
    assert result.document.fragments == ("fn:1", "fnref:1", "fnref:1:2", "fn-1")


def test_a_footnote_written_inside_another_is_one_of_its_own(read):
    html = read("A[^a] b[^b]\n\n[^a]: First.\n\n    > [^b]: Second.\n\n    Still first.").html
    first, second = html[html.index('<li id="fn:1">') :].split('<li id="fn:2">')
    assert first.startswith('<li id="fn:1"><p>First.</p>\n<blockquote>\n</blockquote>\n<p>Still first. <a')
    assert second.startswith("<p>Second. <a")
    assert '<li id="fn:1"><p>Once. <a' in read("A[^a]\n\n[^a]: [^a]: Once.").html


@pytest.mark.parametrize("text", ["[^1]: > [^2]: a", "> [^1]: > [^2]: a", "> [^1]: > [^1]:\n\nA[^1]"])
def test_quotes_around_footnotes_end_where_they_should(read, text):
    html = read(text).html
    assert html.count("<blockquote>") == html.count("</blockquote>")


def test_nobody_takes_the_id_of_a_footnote(read):
    result = read('A[^x] [b](https://x.example){id="fn:1"}\n\n[^x]: Note.')
    assert result.document.fragments == ("fn:1", "fnref:1", "fn:1-2")


def test_tables_align_by_class_and_not_by_style(read):
    html = read("| a | b |\n|:-:|--:|\n| c | ~~d~~ |").html
    assert '<th class="align-center">a</th>' in html
    assert '<td class="align-right"><s>d</s></td>' in html
    assert "style" not in html


def test_definitions_are_a_list(read):
    assert read("A\n: B\n: C").html == "<dl>\n<dt>A</dt>\n<dd>B</dd>\n<dd>C</dd>\n</dl>"


def test_attributes_are_few(read):
    result = read("[a](https://x.example){.b #c lang=uk dir=ltr onclick=x style=y}\n\n{onload=x}\nA")
    assert '<a href="https://x.example" class="b" id="c" lang="uk" dir="ltr">a</a>' in result.html
    assert [problem.split(": ")[0] for problem in result.problems] == ["5:1", "5:1", "7:1"]
    assert set(result.codes) == {"html-removed"}


def test_attributes_of_code_are_checked_too(read):
    result = read("`a`{onclick=b .c}")
    assert result.html == '<p><code class="c">a</code></p>'
    assert result.codes == ["html-removed"]


@pytest.mark.parametrize("attribute", ['lang="no language"', "dir=up", 'id="a b"'])
def test_attributes_with_wrong_values_are_taken_out(read, attribute):
    result = read(f"[a](https://x.example){{{attribute}}}")
    assert result.html == '<p><a href="https://x.example">a</a></p>'
    assert result.codes == ["html-removed"]


def test_lists_are_tight_or_loose(read):
    assert read("3. a\n   - b\n").html == '<ol start="3">\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>'
    assert read("- a\n\n- b").html == "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>"

"""Raw HTML: what may stay, and a warning for everything that goes."""

import pytest


@pytest.mark.parametrize(
    "html",
    [
        '<p>H<sub>2</sub>O, <abbr title="a &amp; b">A</abbr>, <kbd>k</kbd>, <mark class="x">m</mark></p>',
        '<p><span lang="uk" dir="ltr" id="here">слово</span><br>and <q>words</q></p>',
        '<details open="">\n<summary>More</summary>\nwords\n</details>',
        "<figure>\n<figcaption>b</figcaption>\n</figure>",
        '<table>\n<tbody><tr><td colspan="2">a</td></tr>\n</tbody></table>',
        '<p><time datetime="2026-03-09">today</time></p>',
    ],
)
def test_what_is_allowed_stays_as_it_is(read, html):
    text = html.removeprefix("<p>").removesuffix("</p>")
    result = read(text)
    assert result.html == html
    assert result.problems == []


def test_a_picture_from_elsewhere_stays_and_is_told(read):
    html = '<img src="https://x.example/a.png" alt="a" loading="lazy">'
    result = read(f"<figure>\n{html}\n</figure>")
    assert result.html == f"<figure>\n{html}\n</figure>"
    assert result.codes == ["picture-elsewhere"]


@pytest.mark.parametrize(
    ("text", "html", "removed"),
    [
        ("a <script>alert(1)</script> b", "<p>a  b</p>", ["5:3 <script>"]),
        ("<script>\n\nalert(1)\n</script>\n\nb", "<p>b</p>", ["5:1 <script>"]),
        ("a\n<style>b</style>\nc", "<p>a</p>\n<p>c</p>", ["6:1 <style>"]),
        ("a <b onclick=x>b</b>", "<p>a <b>b</b></p>", ["5:3 'onclick'"]),
        ("a <b\nstyle='x'>b</b>", "<p>a <b>b</b></p>", ["5:3 'style'"]),
        ('a <a href="https://x.example">b</a>', "<p>a b</p>", ["5:3 <a>"]),
        ("<div>\n<iframe src=x></iframe>a\n</div>", "<div>\na\n</div>", ["6:1 <iframe>"]),
        ("> <form><input name=a>b</form>", "<blockquote>\nb</blockquote>", ["5:3 <form>", "5:9 <input>"]),
        ("<svg onload=x><path></svg>a", "<p>a</p>", ["5:1 <svg>"]),
        ("a <img src=b.png>", "<p>a </p>", ["5:3 <img>"]),
        ("a <img src=javascript:x alt=b>", "<p>a </p>", ["5:3 <img>"]),
        ("a <img src=data:x alt=b>", "<p>a </p>", ["5:3 <img>"]),
        ("a <b dir=up lang=? id='x y'>b</b>", "<p>a <b>b</b></p>", ["5:3 dir", "5:3 id", "5:3 lang"]),
        ("<h3>a</h3>", "a", ["5:1 <h3>"]),
        ("<?php x ?> a", "a", ["5:1 <?>"]),
        ("a </div> b", "<p>a  b</p>", ["5:3 </div>"]),
        ("<td>a</td>", "a", ["5:1 <td>"]),
        ("<x-y>a</x-y>", "<p>a</p>", ["5:1 <x-y>"]),
    ],
)
def test_what_is_not_allowed_goes_with_a_warning(read, text, html, removed):
    result = read(text)
    assert result.html.strip().removeprefix(" ") == html
    assert result.codes == ["html-removed"] * len(removed)
    for problem, expected in zip(result.problems, removed, strict=True):
        place, _, name = expected.partition(" ")
        assert problem.startswith(place + ":")
        assert name in problem


def test_text_between_tags_that_go_is_still_text(read):
    assert read("<form>\n1 < 2 > 0 &amp; <\n</form>").html == "\n1 &lt; 2 &gt; 0 &amp; &lt;"


def test_comments_go_without_a_word(read):
    result = read("a <!-- no --> b\n\n<!-- neither\n\n<b> -->\n\nc")
    assert result.html == "<p>a  b</p>\n<p>c</p>"
    assert result.problems == []


def test_a_picture_of_this_site_is_a_reference(read):
    result = read('<figure><img class=x src="b.png" width=4 alt="a"></figure>')
    assert result.refs == [("picture", "b.png")]
    assert result.places == [(5, 9)]
    assert result.html == '<figure><img src="{address 0}" class="x" width="4" alt="a" loading="lazy"></figure>'


def test_what_is_left_open_is_closed(read):
    assert read("a <b>b *c\n\nd").html == "<p>a <b>b *c</b></p>\n<p>d</p>"
    assert read("<div>\n\n*a*\n\nb").html == "<div>\n<p><em>a</em></p>\n<p>b</p>\n</div>"
    assert read("<ul><li>a<li>b</ul>").html == "<ul><li>a</li><li>b</li></ul>"


def test_what_is_crossed_is_put_right(read):
    assert read("<b>a <i>b</b> c</i>").html == "<p><b>a <i>b</i></b> c</p>"
    assert read("*a <b>b* c</b>").html == "<p><em>a <b>b</b></em><b> c</b></p>"


def test_holes_come_through(read):
    result = read(
        "<details><summary>s</summary>\n\n[a](b.md) [[C]] ![d](e.png)\n\nRead more: F\n\n</details>\n\n"
        "[g](https://x.example)"
    )
    assert result.html == (
        "<details><summary>s</summary>\n<p>{open 0}a{close 0} {open 1}{title 1}{close 1} "
        '<img src="{address 2}" alt="d" loading="lazy"></p>\n{Read more: 3}</details>\n'
        '<p><a href="https://x.example">g</a></p>'
    )


def test_a_link_that_crosses_raw_html_is_put_right(read):
    assert read("<b>[a</b> b](c.md)").html == "<p><b>{open 0}a{close 0}</b>{open 0} b{close 0}</p>"


def test_text_that_looks_like_a_closing_tag_closes_no_hole(read):
    result = read('[<abbr title="</a> <a href=x>">a</abbr>](b.md)')
    assert result.html.startswith("<p>{open 0}<abbr title=")
    assert result.html.endswith(">a</abbr>{close 0}</p>")


def test_a_title_in_prose_does_not_swallow_the_text(read):
    assert read("The <title> of a page, [a](b.md).").html == "<p>The  of a page, {open 0}a{close 0}.</p>"


def test_elements_are_not_nested_without_end(read):
    result = read("<div>" * 30 + "a")
    assert result.html == "<div>" * 20 + "a" + "</div>" * 20
    assert len(result.problems) == 10

"""Links that stand alone in their paragraph: cards of videos, posts and documents."""

import pytest

VIDEO = "https://youtu.be/aB3-_xYz890"


@pytest.mark.parametrize(
    ("text", "card"),
    [
        (f"[The launch]({VIDEO})", f"{{youtube 'The launch' {VIDEO}}}"),
        (f"[The **first**\nlaunch]({VIDEO})", f"{{youtube 'The first launch' {VIDEO}}}"),
        (f'[The launch]({VIDEO} "On trial")', f"{{youtube 'The launch' {VIDEO}}}"),
        (f"[The launch][v]\n\n[v]: {VIDEO}", f"{{youtube 'The launch' {VIDEO}}}"),
        (f"<{VIDEO}>", f"{{youtube '' {VIDEO}}}"),
        (f"[{VIDEO}]({VIDEO})", f"{{youtube '' {VIDEO}}}"),
        ("[A post](https://x.com/example/status/1)", "{x 'A post' https://x.com/example/status/1}"),
        ("[The ruling](https://example.org/a.pdf)", "{pdf 'The ruling' https://example.org/a.pdf}"),
        ("[The ruling](ruling.pdf#page=2)", "{pdf 'The ruling' 0}"),
        ("[The ruling](/files/ruling.pdf)", "{pdf 'The ruling' 0}"),
    ],
)
def test_a_link_alone_in_its_paragraph_is_a_card(read, text, card):
    result = read(f"Before.\n\n{text}\n\nBehind.")
    assert result.html == f"<p>Before.</p>\n{card}<p>Behind.</p>"
    assert result.problems == []


@pytest.mark.parametrize(
    "text",
    [
        f"[The launch]({VIDEO}).",
        f"See [the launch]({VIDEO})",
        f"[The launch]({VIDEO}) [again]({VIDEO})",
        f"[The launch]({VIDEO})\n[again]({VIDEO})",
        f"**[The launch]({VIDEO})**",
        f"[The launch]({VIDEO}){{.plain}}",
        f"{{#launch}}\n[The launch]({VIDEO})",
        f"[![A ship](https://example.org/a.png)]({VIDEO})",
        f"- [The launch]({VIDEO})",
        f"> [The launch]({VIDEO})",
        f"## [The launch]({VIDEO})",
        f"| a |\n| --- |\n| [The launch]({VIDEO}) |",
        f"Text.[^1]\n\n[^1]: [The launch]({VIDEO})",
        "[Elsewhere](https://example.org/watch?v=aB3-_xYz890)",
        "[](ruling.pdf)",
        "[[ruling.pdf]]",
        "[[ruling.pdf|The ruling]]",
    ],
)
def test_any_other_link_stays_a_link(read, text):
    html = read(f"{text}\n").html
    assert "youtube '" not in html
    assert "pdf '" not in html


def test_a_card_is_no_sentence_of_the_text(read):
    result = read(f"[The launch]({VIDEO})\n\nIt was on time.")
    assert result.document.summary == "It was on time."
    assert result.body.words == 4


def test_a_card_keeps_its_place_among_raw_html(read):
    result = read(f"<div>\n\n[The launch]({VIDEO})\n\n</div>\n\nBehind.")
    assert result.html == f"<div>\n{{youtube 'The launch' {VIDEO}}}</div>\n<p>Behind.</p>"

"""What articles may bring along, and what a browser would run."""

import pytest

from gazepress.stages.parse.media import check_media

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n%s\n</svg>'


@pytest.mark.parametrize("name", ["a.png", "A.JPG", "report.pdf", "table.csv"])
def test_pictures_and_documents_may_come_along(name):
    assert check_media(f"content/articles/{name}", b"whatever") == ()


@pytest.mark.parametrize("name", ["page.html", "x.htm", "x.xhtml", "feed.xml", "app.js", "a.svgz", "a.php", "noending"])
def test_what_a_browser_would_run_may_not(name):
    (found,) = check_media(f"content/articles/{name}", b"")
    assert found.code == "unsafe-file"


@pytest.mark.parametrize(
    "drawing",
    [
        b'<rect width="3" fill="url(#gradient)"/>',
        b"<style>rect { fill: red; }</style>",
        b'<use href="#shape"/>',
        b'<image href="data:image/png;base64,AAAA"/>',
        b'<animate attributeName="opacity" to="1"/>',
    ],
)
def test_a_plain_drawing_may_be_published(drawing):
    assert check_media("a.svg", SVG % drawing) == ()


@pytest.mark.parametrize(
    "drawing",
    [
        b"<script>alert(1)</script>",
        b'<SCRIPT href="#x"/>',
        b'<rect onclick="alert(1)"/>',
        b'<a xlink:href="javascript:alert(1)"><rect/></a>',
        b'<a href=" java&#115;cript:alert(1)"><rect/></a>',
        b'<image href="https://elsewhere.example/x.png"/>',
        b'<image href="data:image/svg+xml;base64,AAAA"/>',
        b"<foreignObject><p>text</p></foreignObject>",
        b"<style>@import 'https://elsewhere.example/x.css';</style>",
        b"<style>rect { fill: u\\72l(https://elsewhere.example/) }</style>",
        b'<rect style="fill: url( https://elsewhere.example/#a)"/>',
        b'<set attributeName="xlink:href" to="javascript:alert(1)"/>',
        b'<animate attributeName="onload" to="alert(1)"/>',
        b'<?xml-stylesheet href="https://elsewhere.example/x.css"?>',
        b"<rect>",
    ],
)
def test_a_drawing_that_could_act_is_refused_at_its_line(drawing):
    found = check_media("content/a.svg", SVG % drawing)
    assert found
    assert found[0].code == "unsafe-svg"
    assert found[0].path == "content/a.svg"
    assert found[0].line in (2, 3)
    assert found[0].column >= 1


def test_entities_that_grow_are_not_followed():
    lines = b"\n".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 50) for n in range(1, 9))
    bomb = (
        b'<!DOCTYPE svg [\n<!ENTITY e0 "bang">\n%s\n]>\n<svg xmlns="http://www.w3.org/2000/svg"><text>&e8;</text></svg>'
        % lines
    )
    assert check_media("a.svg", bomb)[0].code == "unsafe-svg"

"""A page serves its reader: without scripts, by keyboard, on a narrow screen, enlarged, on paper, with slow fonts."""

from threading import Event

import pytest

from audit.server import served

READ = ["home", "article", "article in Ukrainian", "section", "tag", "author", "storyline", "archive", "not found"]
STRESS = [
    "/",
    "/sections/news/",
    "/sections/empty/",
    "/2025/10/everything/",
    "/2025/10/ukrainian/",
    "/2025/10/arabic/",
]
STRESS += ["/authors/jonas-beispiel/", "/tags/"]
NARROW = {"width": 320, "height": 640}
ENLARGED = {"width": 640, "height": 450}
"""Browsers that zoom to 200 % give a page on a screen of 1280 pixels half as many."""

STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.body.querySelectorAll("*")].filter(e => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1);
  });
  return [`${document.documentElement.scrollWidth} px are needed, ${width} are there`,
    ...out.slice(0, 8).map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`)];
}"""
PAINTED = "new Promise(done => new PerformanceObserver(done).observe({type: 'paint', buffered: true})).then(() => 0)"
FONTS = "[...document.fonts].filter(font => font.status == 'loaded').map(font => font.family)"
FOCUS = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect(), style = getComputedStyle(here);
  return {
    name: here.textContent.trim().slice(0, 40) || here.tagName,
    body: here === document.body,
    skip: here.matches("a[href^='#']"),
    menu: !!here.closest("header nav") && !here.closest("main"),
    main: !!here.closest("main"),
    article: !!here.closest("main article"),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && style.visibility === "visible",
    ring: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
  };
}"""


@pytest.mark.parametrize("kind", READ)
def test_no_page_is_wider_than_its_screen(kind, kinds, window):
    assert sticking_out(window, kinds[kind]) == []


@pytest.mark.parametrize("path", STRESS)
def test_nor_is_one_with_long_words_wide_tables_and_many_tags(path, stress_window):
    assert sticking_out(stress_window, path) == []


def sticking_out(window, path):
    window.open(path)
    assert window.failed == []
    found = []
    for size in (NARROW, ENLARGED):
        window.page.set_viewport_size(size)
        found += window.page.evaluate(STICKING_OUT)
    return found


def test_all_can_be_read_without_scripts(kinds, sample, visit):
    window = visit(sample, scripts=False)
    window.open(kinds["article"])
    article = window.page.locator("main article")
    assert article.locator("h1").is_visible()
    assert len(article.inner_text()) > 1000
    window.open("/")
    links = window.page.locator("header nav a")
    assert links.first.is_visible()
    assert window.page.locator("main a[href*='/page/']").first.is_visible()


def test_the_first_key_leads_past_the_menu(kinds, sample, visit):
    window = visit(sample)
    window.open(kinds["article"])
    window.page.keyboard.press("Tab")
    first = window.page.evaluate(FOCUS)
    assert first["skip"]
    assert first["seen"]
    window.page.keyboard.press("Enter")
    window.page.keyboard.press("Tab")
    assert window.page.evaluate(FOCUS)["main"]


def test_the_keyboard_reaches_menu_and_article_and_shows_where_it_is(kinds, sample, visit):
    window = visit(sample)
    window.open(kinds["article"])
    walked = []
    for _ in range(200):
        window.page.keyboard.press("Tab")
        walked.append(window.page.evaluate(FOCUS))
        if walked[-1]["body"] or (walked[-1]["article"] and sum(step["article"] for step in walked) > 5):
            break
    assert [step["name"] for step in walked if not (step["seen"] and step["ring"]) and not step["body"]] == []
    assert sum(step["menu"] for step in walked) >= 6
    assert any(step["article"] for step in walked)
    places = [place for step in walked for place in ("menu", "main") if step[place]]
    assert places == sorted(places, reverse=True), "the menu comes before the page"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_there_is_the_article_in_dark_ink_and_no_menu(scheme, kinds, sample, visit):
    window = visit(sample, color_scheme=scheme)
    window.open(kinds["article"])
    window.page.emulate_media(media="print", color_scheme=scheme)
    assert window.page.locator("main article p").last.evaluate("e => getComputedStyle(e).display") != "none"
    shown = window.page.locator("nav").evaluate_all("all => all.filter(e => e.checkVisibility()).map(e => e.outerHTML)")
    assert shown == []
    ink = window.page.locator("main article h1").evaluate("e => getComputedStyle(e).color")
    assert max(map(int, ink.strip("rgb()").split(", "))) < 96, "light words on white paper"
    assert window.page.pdf(format="A4")[:5] == b"%PDF-"


@pytest.mark.parametrize("size", [(390, 844), (1280, 900)], ids=["phone", "desk"])
@pytest.mark.parametrize("kind", READ)
def test_nothing_moves_when_fonts_and_pictures_come_late(kind, size, kinds, sample_site, visit):
    there = Event()
    with served(sample_site, dict.fromkeys([".woff2", ".webp", ".avif", ".jpg", ".png", ".svg"], there)) as home:
        window = visit(home, viewport={"width": size[0], "height": size[1]})
        window.page.goto(home + kinds[kind], wait_until="commit")
        window.page.evaluate(PAINTED)
        assert all("fallback" in family for family in window.page.evaluate(FONTS)), "the fonts came before the page"
        assert window.page.evaluate(FONTS), "neither Liberation nor Times and Arial are installed"
        there.set()
        window.page.wait_for_load_state("networkidle")
        assert not all("fallback" in family for family in window.page.evaluate(FONTS))
        assert window.shift() < 0.005


@pytest.mark.parametrize(("kind", "scripts"), [("article", {"latin"}), ("article in Ukrainian", {"latin", "cyrillic"})])
def test_a_page_asks_at_once_for_the_letters_of_its_language(kind, scripts, kinds, window):
    window.open(kinds[kind])
    early = window.page.locator("link[rel=preload][as=font]").evaluate_all("all => all.map(e => e.href)")
    assert {url.rsplit("/", 1)[1].split(".")[0] for url in early} == {
        f"{face}-{s}" for face in ("serif", "sans") for s in scripts
    }

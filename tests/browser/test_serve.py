"""The preview in a real browser: what is saved is seen, and what is wrong is said in the page."""

import pytest

from previewing import previewed, wait_for
from support import SETTINGS, article, write_site

LONG = "\n\n".join(f"Paragraph {at} of a long report." for at in range(80))
FILES = {
    "site.yaml": SETTINGS + "theme: {css: /own.css}\n",
    "static/own.css": "h1 { color: rgb(1, 2, 3); }\n",
    "content/articles/2025/one.md": article("One", LONG),
    "content/articles/2025/later.md": article("Later", "Soon.", embargo="2099-03-02T09:00:00Z"),
}
COLOR = "getComputedStyle(document.querySelector('main h1')).color"
PANEL = "document.querySelector('gazepress-problems')?.shadowRoot.querySelector('.panel').innerText ?? ''"


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):  # noqa: ARG001 - no browser, no preview
    """A preview of a site that tests write in."""
    with previewed(write_site(tmp_path_factory.mktemp("site"), FILES)) as preview:
        yield preview


@pytest.fixture
def window(visit, desk):
    """A window on the preview, which tells how often its page has been loaded."""
    window = visit(desk.home.rstrip("/"))
    window.page.add_init_script("sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1")
    window.open("/2025/10/one/")
    return window


def loads(window):
    return int(window.page.evaluate("sessionStorage.loads"))


def test_new_text_is_seen_where_the_reader_has_scrolled_to(window, desk):
    window.page.evaluate("scrollTo(0, 1500)")
    before = loads(window)
    write_site(desk.folder, {"content/articles/2025/one.md": article("One", f"{LONG}\n\nA new last line.")})
    window.page.get_by_text("A new last line.").wait_for(state="attached")
    wait_for(lambda: window.page.evaluate("scrollY") == 1500)
    assert loads(window) == before  # styles and fonts stay where they are
    write_site(desk.folder, {"content/articles/2025/one.md": article("One and only", LONG, slug="one")})
    window.page.get_by_role("heading", name="One and only", level=1).wait_for()
    assert window.page.title() == "One and only – The Gaze"
    assert window.page.evaluate("scrollY") == 1500
    write_site(desk.folder, {"content/articles/2025/one.md": article("One", LONG)})
    window.page.get_by_role("heading", name="One", exact=True, level=1).wait_for()
    assert window.said == []
    assert window.refused() == []


def test_a_page_with_scripts_is_loaded_anew_where_it_has_scrolled_to(window, desk):
    write_site(desk.folder, {"static/own.js": "document.body.dataset.ran = 'yes'\n"})
    tall = LONG.replace("\n\n", "<p>")
    frame = '{% extends "theme/404.html" %}{% block head %}<script src="/own.js" defer></script>{% endblock %}'
    write_site(desk.folder, {"templates/404.html": f"{frame}{{% block footer %}}{tall}{{% endblock %}}"})
    window.page.goto(f"{desk.home}none", wait_until="load")
    window.page.get_by_text("Paragraph 79").wait_for()
    window.page.evaluate("scrollTo(0, 300)")
    before = loads(window)
    write_site(desk.folder, {"templates/404.html": f"{frame}{{% block footer %}}{tall} A last word.{{% endblock %}}"})
    window.page.get_by_text("A last word.").wait_for()
    wait_for(lambda: window.page.evaluate("[scrollY, document.body.dataset.ran]") == [300, "yes"])
    assert loads(window) > before


def test_who_scrolls_while_a_page_is_loaded_anew_stays_there(window, desk):
    tall = LONG.replace("\n\n", "<p>")
    frame = '{% extends "theme/404.html" %}{% block head %}<script src="/slow.js" defer></script>{% endblock %}'
    page = {"static/slow.js": "", "templates/404.html": f"{frame}{{% block footer %}}{tall}{{% endblock %}}"}
    write_site(desk.folder, page)
    window.page.goto(f"{desk.home}none", wait_until="load")
    window.page.locator('script[src="/slow.js"]').wait_for(state="attached")
    window.page.wait_for_load_state()
    window.page.evaluate("scrollTo(0, 300)")
    held = []

    def hold(route):  # until it is let go, the page has not loaded
        held.append(route)

    window.page.route("**/slow.js", hold)
    last = f"{frame}{{% block footer %}}{tall} The very last word.{{% endblock %}}"
    write_site(desk.folder, {"templates/404.html": last})
    window.page.get_by_text("The very last word.").wait_for()
    window.page.evaluate("scrollTo(0, 500)")
    assert window.page.evaluate("document.readyState") != "complete"
    for route in held:
        route.continue_()
    wait_for(lambda: window.page.evaluate("document.readyState") == "complete")
    assert window.page.evaluate("scrollY") == 500


def test_a_new_style_is_seen_without_loading_the_page_anew(window, desk):
    assert window.page.evaluate(COLOR) == "rgb(1, 2, 3)"
    before = loads(window)
    write_site(desk.folder, {"static/own.css": "h1 { color: rgb(9, 8, 7); }\n"})
    wait_for(lambda: window.page.evaluate(COLOR) == "rgb(9, 8, 7)")
    wait_for(lambda: window.page.locator('link[rel="stylesheet"]').count() == 2)  # the theme's and the publication's
    assert loads(window) == before


def test_what_is_wrong_stands_in_the_page_until_it_is_mended(window, desk):
    before = loads(window)
    hostile = "See [[<img src=x onerror=alert(1)>]]."
    write_site(desk.folder, {"content/articles/2025/two.md": article("Two", hostile)})
    window.page.get_by_text("reference-unknown").wait_for()
    told = window.page.evaluate(PANEL)
    assert "content/articles/2025/two.md:6:5" in told
    assert hostile in told
    assert window.page.locator("main h1").inner_text() == "One"
    assert window.page.locator("mark").inner_text() == "["
    write_site(desk.folder, {"content/articles/2025/two.md": article("Two", "See [[One]].")})
    window.page.locator("gazepress-problems").wait_for(state="detached")
    assert loads(window) <= before + 1  # the article may have a new neighbor


def test_a_problem_can_be_put_aside(window, desk):
    write_site(desk.folder, {"content/articles/2025/two.md": "---\ntitle: [\n---\n"})
    window.page.get_by_role("button", name="Close").press("Escape")
    assert not window.page.evaluate(PANEL)
    (desk.folder / "content/articles/2025/two.md").unlink()
    wait_for(lambda: "not built" not in desk.lines[-1])


def test_a_held_article_says_why_and_until_when(window):
    window.open("/2025/10/later/")
    assert "Embargo until" in window.page.locator(".held-band").inner_text()


def test_a_page_that_is_there_at_last_is_shown(window, desk):
    window.open("/2025/10/new/")
    assert "Page not found" in window.page.content()
    write_site(desk.folder, {"content/articles/2025/new.md": article("New")})
    window.page.get_by_role("heading", name="New", level=1).wait_for()


def test_a_window_in_the_background_follows_when_it_is_looked_at(window, desk):
    window.page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    before = desk.builds()
    write_site(desk.folder, {"content/articles/2025/one.md": article("One", "Written behind its back.")})
    wait_for(lambda: desk.builds() > before)
    assert "behind its back" not in window.page.content()
    window.page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: false});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    window.page.get_by_text("Written behind its back.").wait_for()


def test_a_future_hour_is_previewed(browser, visit, tmp_path):  # noqa: ARG001 - no browser, no preview
    with previewed(write_site(tmp_path, FILES), "--port", "0", "--no-drafts", "--now", "2099-03-02 10:00") as preview:
        window = visit(preview.home.rstrip("/"))
        window.open("/")
        assert window.page.get_by_role("link", name="Later").count()
        assert "Not published" not in window.page.content()

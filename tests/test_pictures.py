"""Pictures from an editor's folder to a reader's screen."""

import json
import re
import shutil
from io import BytesIO

import pytest
from PIL import Image

from gazepress.build import BuildOptions, build
from gazepress.build.pictures import form_of
from gazepress.outlines import ImageOutline, ShareOutline
from gazepress.renditions import Rendition
from gazepress.stages import pictures
from support import GPS, NOW, article, photograph, read_tree, write_site

SETTINGS = "title: The Gaze\nurl: https://gaze.example/\n"


def newsroom(folder, settings="", **more):
    image = '{src: yard.jpg, alt: "The yard", credit: A. B., focus: [1, 0.5]}'
    return write_site(
        folder,
        {
            "site.yaml": SETTINGS + settings,
            "content/articles/yard/index.md": article("The yard", "![A crane](crane.png)\n\nText.", image=image),
            "content/articles/yard/yard.jpg": photograph((1000, 600)),
            "content/articles/yard/crane.png": photograph((300, 300), "PNG"),
            "content/articles/wall.md": article("The wall", "![](/images/wall.webp)"),
            "content/authors/ann.md": "---\nname: Ann\nimage: {src: /images/ann.jpg}\n---\n",
            "static/images/wall.webp": photograph((100, 50), "WEBP"),
            "static/images/ann.jpg": photograph((500, 700)),
            "static/images/unused.jpg": photograph((20, 20)),
        }
        | more,
    )


def built(site, output="public", **options):
    result = build(BuildOptions(site=site, now=NOW, output=site / output, **({"jobs": 1} | options)))
    assert result.published is not None, result.diagnostics
    return result


def sizes(tree, stem):
    """Return the forms of a picture as they are: ending → the pixels of each."""
    found = {}
    for path, data in sorted(tree.items()):
        if re.fullmatch(rf"{stem}\.[0-9a-f]{{10}}\.(\d+x\d+)\.\w+", path):
            picture = Image.open(BytesIO(data))
            assert f"{picture.width}x{picture.height}" in path
            found.setdefault(path.rpartition(".")[2], set()).add(picture.size)
    return found


def test_a_lead_picture_is_offered_whole_and_cut_in_the_widths_that_it_can_give(tmp_path):
    site = newsroom(tmp_path)
    built(site)
    found = sizes(read_tree(site / "public"), "media/articles/yard/yard")
    whole, cards = {(480, 288), (800, 480), (1000, 600)}, {(320, 180), (640, 360), (960, 540)}
    assert found == {"webp": whole | cards, "jpg": {(1000, 600), (960, 540), (800, 600), (1000, 562)}}


def test_a_small_picture_is_not_blown_up_and_a_portrait_is_square(tmp_path):
    site = newsroom(tmp_path)
    built(site)
    tree = read_tree(site / "public")
    assert sizes(tree, "images/wall") == {"webp": {(100, 50)}, "jpg": {(100, 50)}}
    assert {(96, 96), (192, 192)} <= sizes(tree, "images/ann")["webp"]


def test_no_published_picture_that_a_text_shows_says_where_it_was_taken(tmp_path):
    site = newsroom(tmp_path)
    built(site)
    tree = read_tree(site / "public")
    shown = [path for path in tree if re.search(r"(yard|crane|wall|ann)\.(\S+\.)?(jpg|png|webp)$", path)]
    assert {"media/articles/yard/yard.jpg", "images/wall.webp", "images/ann.jpg"} <= set(shown)
    for path in shown:
        assert not Image.open(BytesIO(tree[path])).getexif().get_ifd(GPS), path
    assert tree["images/unused.jpg"] == (site / "static/images/unused.jpg").read_bytes()  # nobody shows it


def test_pages_name_the_forms_with_their_sizes_and_feeds_one(tmp_path):
    site = newsroom(tmp_path)
    built(site)
    page = (site / "public/2025/10/yard/index.html").read_text("utf-8")
    lead = re.search(r'<figure class="lead-picture">.*?</figure>', page, re.DOTALL)[0]
    assert re.search(r'srcset="\S+480x288.webp 480w, \S+800x480.webp 800w, \S+1000x600.webp 1000w"', lead)
    assert 'width="1000" height="600" alt="The yard"' in lead
    assert 'fetchpriority="high"' in lead
    assert re.search(r'<picture><source .*?><img src="\S+300x300.jpg" alt="A crane" loading="lazy" width="300"', page)
    assert all(" width=" in tag and " height=" in tag for tag in re.findall(r"<img .*?>", page))
    feed = (site / "public/feed.xml").read_text("utf-8")
    assert "&lt;picture" not in feed
    assert "<picture" not in feed
    enclosure = re.search(r'<enclosure url="https://gaze.example/media/articles/yard/yard.jpg" length="(\d+)"', feed)
    assert int(enclosure[1]) == (site / "public/media/articles/yard/yard.jpg").stat().st_size


def test_every_number_of_workers_gives_the_same_bytes(tmp_path):
    more = {f"content/articles/{n}.md": article(f"No. {n}", f"![](/images/{n}.png)") for n in range(20)}
    more |= {f"static/images/{n}.png": photograph((n + 90, 70), "PNG", (n, 9, 9)) for n in range(20)}
    site = newsroom(tmp_path, **more)
    for jobs in (1, 2):
        built(site, f"jobs-{jobs}", jobs=jobs, cache=False)
    assert read_tree(site / "jobs-1") == read_tree(site / "jobs-2")


def test_what_was_made_once_is_not_made_again_even_for_another_output_folder(tmp_path, monkeypatch):
    site = newsroom(tmp_path)
    built(site)
    kept = read_tree(site / "public")

    def fail(*_):
        raise AssertionError("a picture was decoded again")

    monkeypatch.setattr(pictures, "make_rendition", fail)
    monkeypatch.setattr(pictures, "probe", fail)
    shutil.rmtree(site / "public")
    built(site)
    assert read_tree(site / "public") == kept
    built(site, "elsewhere")
    assert read_tree(site / "elsewhere") == kept


def test_another_picture_under_the_same_name_gets_addresses_of_its_own(tmp_path):
    site = newsroom(tmp_path)
    built(site)
    before = {path for path in read_tree(site / "public") if "yard." in path}
    write_site(site, {"content/articles/yard/yard.jpg": photograph((1000, 600), color=(9, 9, 9))})
    built(site)
    after = {path for path in read_tree(site / "public") if "yard." in path}
    assert before & after == {"media/articles/yard/yard.jpg"}
    clean = built(site, "clean", cache=False)
    assert read_tree(site / "public") == read_tree(clean.output)


@pytest.mark.parametrize("damage", [b"", b"noise", None])
def test_a_kept_form_that_is_damaged_is_made_again(tmp_path, damage):
    site = newsroom(tmp_path)
    built(site)
    kept = read_tree(site / "public")
    forms = list((site / ".gazepress").glob("*.picture"))
    assert forms
    for form in forms:
        form.write_bytes(form.read_bytes()[:-1] if damage is None else damage)
    shutil.rmtree(site / "public")
    built(site)
    assert read_tree(site / "public") == kept


def test_forms_that_no_build_has_wanted_for_long_are_let_go(tmp_path):
    site = newsroom(tmp_path, "pictures: {share: off}\n")
    built(site)
    kept = {form.name for form in (site / ".gazepress").glob("*.picture")}
    write_site(site, {"content/articles/yard/index.md": article("The yard", "Text.")})
    for number in range(22):
        write_site(site, {"content/articles/wall.md": article(f"The wall {number}", "![](/images/wall.webp)")})
        built(site)
    left = {form.name for form in (site / ".gazepress").glob("*.picture")}
    assert left
    assert left < kept


def test_without_widths_a_picture_is_published_in_the_size_that_it_has(tmp_path):
    site = newsroom(tmp_path, "pictures: {widths: [], share: off}\n")
    built(site)
    tree = read_tree(site / "public")
    assert sizes(tree, r"\S+") == {}
    assert not Image.open(BytesIO(tree["media/articles/yard/yard.jpg"])).getexif().get_ifd(GPS)
    page = tree["2025/10/yard/index.html"].decode()
    assert '<img src="/media/articles/yard/yard.jpg" width="1000" height="600"' in page


def test_avif_comes_first_where_it_is_asked_for(tmp_path):
    site = newsroom(tmp_path, "pictures: {avif: true, widths: [480]}\n")
    built(site)
    page = (site / "public/2025/10/yard/index.html").read_text("utf-8")
    assert re.search(r'<picture><source type="image/avif".*?><source type="image/webp"', page)


def test_a_lead_picture_without_words_for_the_blind_is_a_warning(tmp_path):
    image = "{src: /images/ann.jpg}"
    site = newsroom(tmp_path, **{"content/articles/wall.md": article("The wall", image=image)})
    (found,) = (one for one in built(site).diagnostics if one.code == "alt-missing")
    assert (found.path, found.line) == ("content/articles/wall.md", 4)
    site = newsroom(tmp_path, **{"content/articles/wall.md": article("The wall", image=image[:-1] + ', alt: ""}')})
    assert not [one for one in built(site).diagnostics if one.code == "alt-missing"]


def test_all_broken_pictures_are_told_of_at_once_and_nothing_is_published(tmp_path):
    site = newsroom(tmp_path, **{"static/images/ann.jpg": b"\xff\xd8", "static/images/wall.webp": photograph()[:400]})
    result = build(BuildOptions(site=site, now=NOW, jobs=1))
    assert result.published is None
    assert [(one.code, one.path, one.line) for one in result.diagnostics] == [
        ("picture-broken", "content/articles/wall.md", 6),
        ("picture-broken", "content/authors/ann.md", 3),
    ]
    assert not (site / "public").exists()


def shared(site, name):
    """Return the picture beside links to an article, as its page names it."""
    page = (site / f"public/2025/10/{name}/index.html").read_text("utf-8")
    address = re.search(r'<meta property="og:image" content="https://gaze.example/(\S+)">', page)[1]
    picture = Image.open(BytesIO((site / "public" / address).read_bytes()))
    size = [int(one) for one in re.findall(r'<meta property="og:image:(?:width|height)" content="(\d+)">', page)]
    assert list(picture.size) == size
    return picture, address


def test_links_to_an_article_show_its_lead_picture_or_else_its_headline(tmp_path):
    site = newsroom(tmp_path)
    built(site)
    picture, _ = shared(site, "yard")
    assert (picture.format, picture.size) == ("JPEG", (1000, 525))
    drawn, address = shared(site, "wall")
    assert (drawn.format, drawn.size) == ("PNG", (1200, 630))
    write_site(site, {"content/articles/wall.md": article("Another wall", "![](/images/wall.webp)")})
    built(site)
    another, new_address = shared(site, "wall")
    assert another.tobytes() != drawn.tobytes()
    assert new_address != address
    assert not (site / "public" / address).exists()


def test_a_drawn_picture_beside_links_has_the_accent_of_the_publication():
    def colors(accent):
        drawn = Image.open(BytesIO(pictures.make_form(ShareOutline("Title", "Kicker", "The Gaze", accent), b"")))
        return drawn.convert("RGB").getpixel((600, 2))

    assert colors("") == (0x9C, 0x1F, 0x18)
    assert colors("#14507a") == (0x14, 0x50, 0x7A)


def test_search_engines_get_a_lead_picture_in_three_shapes_around_its_focus_if_it_is_large_enough(tmp_path):
    site = newsroom(tmp_path)
    built(site)
    page = (site / "public/2025/10/yard/index.html").read_text("utf-8")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    images = next(one for one in json.loads(data) if "headline" in one)["image"]
    shapes = [(image["width"], image["height"]) for image in images]
    assert shapes == [(1000, 600), (800, 600), (1000, 562)]  # as it is, 4:3 and 16:9; a square of 600 is too small
    for image in images:
        file = site / "public" / image["url"].removeprefix("https://gaze.example/")
        assert Image.open(BytesIO(file.read_bytes())).size == (image["width"], image["height"])
    wall = (site / "public/2025/10/wall/index.html").read_text("utf-8")
    assert '"image"' not in wall


ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path fill="#14507a" d="M0 0h4v4H0z"/></svg>'


def test_phones_and_programs_that_know_no_svg_get_the_icon_in_pixels(tmp_path):
    site = newsroom(tmp_path, **{"static/theme/favicon.svg": ICON})
    built(site)
    tree = read_tree(site / "public")
    icons = json.loads(tree["site.webmanifest"])["icons"]
    assert [icon["sizes"] for icon in icons] == ["any", "180x180", "192x192", "512x512"]
    for icon in icons[1:]:
        painted = Image.open(BytesIO(tree[icon["src"][1:]]))
        assert f"{painted.width}x{painted.height}" == icon["sizes"]
        assert painted.convert("RGB").getpixel((90, 90)) == (0x14, 0x50, 0x7A)
    page = tree["index.html"].decode()
    assert f'<link rel="apple-touch-icon" href="{icons[1]["src"]}">' in page
    assert '<link rel="icon" href="/favicon.ico" sizes="32x32">' in page
    assert Image.open(BytesIO(tree["favicon.ico"])).size == (32, 32)


def test_an_icon_of_the_publication_in_pixels_takes_the_place_of_ours(tmp_path):
    site = newsroom(tmp_path, **{"static/favicon.ico": "own"})
    built(site)
    assert read_tree(site / "public")["favicon.ico"] == b"own"


@pytest.mark.parametrize(
    "title", ["W" * 300, "Стаття " * 40, "a", "日本", "\u202e\x00 ]]>", "Donaudampfschifffahrtsgesellschaft " * 9]
)
def test_every_headline_can_be_drawn_and_stays_inside(title):
    data = pictures.make_form(ShareOutline(title, title[:40], "The Gaze"), b"")
    drawn = Image.open(BytesIO(data)).convert("RGB")
    assert drawn.size == (1200, 630)
    paper = drawn.getpixel((2, 620))
    assert all(drawn.getpixel((x, y)) == paper for x in (20, 1180) for y in range(40, 630))
    assert data == pictures.make_form(ShareOutline(title, title[:40], "The Gaze"), b"")


def test_a_picture_that_changes_during_the_build_is_never_taken_for_the_one_that_was_found(tmp_path):
    site = newsroom(tmp_path)
    built(site)
    found = ImageOutline("content/articles/yard/yard.jpg", "the digest of other bytes", Rendition("webp", 100, 60))
    kept = sorted((site / ".gazepress").glob("*.picture"))
    checked = form_of(site, found, keep=True)
    assert sorted((site / ".gazepress").glob("*.picture")) == kept
    assert [(one.code, one.path, one.hint) for one in checked.diagnostics] == [
        ("unreadable", "content/articles/yard/yard.jpg", "build once more"),
    ]

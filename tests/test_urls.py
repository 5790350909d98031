"""Addresses: slugs, paths, and what answers for them."""

import re
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazepress.urls import base_path, collision_key, decode_path, encode_path, output_file, scheme, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Swarm Strategy: The Future of Deterrence", "swarm-strategy-the-future-of-deterrence"),
        ("Kyiv’s plan", "kyivs-plan"),
        ("Kyiv's plan", "kyivs-plan"),
        ("2024–2025", "2024-2025"),
        ("F-16", "f-16"),
        ("a_b", "a-b"),
        ("Łódź", "lodz"),
        ("Über Straße", "uber-strasse"),
        ("Žižek", "zizek"),
        ("İstanbul", "istanbul"),
        ("Москва", "moskva"),
        ("東京", "dong-jing"),
        ("ﬁrst", "first"),
        ("  — hello — ", "hello"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>", "script"),
        ("a\x00b\nc", "a-b-c"),
        ("😀💣", ""),
        ("…", ""),
        ("", ""),
    ],
)
def test_slugs(text, slug):
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("name", "slug"),  # examples of the resolution of 2010
    [
        ("Згорани", "zghorany"),
        ("Розгон", "rozghon"),
        ("Знам'янка", "znamianka"),
        ("Знам’янка", "znamianka"),
        ("Ґалаґан", "galagan"),
        ("Їжакевич", "yizhakevych"),
        ("Кадиївка", "kadyivka"),
        ("Йосипівка", "yosypivka"),
        ("Стрий", "stryi"),
        ("Юрій", "yurii"),
        ("Яготин", "yahotyn"),
        ("Гоща", "hoshcha"),
        ("Короп’є", "koropie"),
    ],
)
def test_ukrainian_is_written_as_ukraine_writes_it(name, slug):
    assert slugify(name, "uk") == slug


def test_ukrainian_is_recognised_by_its_own_letters():
    assert slugify("Київ") == slugify("Київ", "uk") == "kyiv"
    assert slugify("Гоща") != slugify("Гоща", "uk")  # no letter of this name tells


@given(st.text(), st.sampled_from(["", "uk", "en"]))
@example("&amp;#65;", "")
@example("x" * 300, "")
def test_a_slug_has_only_safe_characters_and_is_its_own_slug(text, language):
    slug = slugify(text, language)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert slugify(slug, language) == slug


@given(st.text())
def test_the_unicode_form_does_not_change_a_slug(text):
    assert slugify(unicodedata.normalize("NFD", text)) == slugify(text)


def test_a_slug_fits_into_a_file_name():
    assert slugify("x" * 1000) == "x" * 200
    assert slugify("word " * 100) == "-".join(["word"] * 40)


@given(st.text())
def test_a_path_survives_being_written_in_a_link(path):
    assert decode_path(encode_path(path)) == unicodedata.normalize("NFC", path)


@given(st.text())
def test_a_written_path_is_ascii_without_spaces_quotes_and_brackets(path):
    assert re.fullmatch(r"[A-Za-z0-9/~!$&'()*+,;=:@._%-]*", encode_path(path))


def test_each_ascii_character_is_encoded_as_the_standard_library_does():
    for character in map(chr, range(128)):
        assert encode_path(f"/a{character}b/") == quote(f"/a{character}b/", safe="/~!$&'()*+,;=:@-._")


def test_paths_in_links():
    assert encode_path("/2025/10/Ж x/") == "/2025/10/%D0%96%20x/"
    assert encode_path("/100%/?a=1#b") == "/100%25/%3Fa=1%23b"
    assert encode_path("/й/") == encode_path("/" + unicodedata.normalize("NFD", "й") + "/")
    assert decode_path("/%D0%96%20x/") == "/Ж x/"
    assert decode_path("/%zz/%ff/") == "/%zz/\ufffd/"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/About/", "/about/"),
        ("/Київ/", "/київ/"),
        ("/й/", unicodedata.normalize("NFD", "/й/")),
        ("/straße/", "/STRASSE/"),
        ("/İ/", "/i\u0307/"),
        ("/\u212aelvin/", "/kelvin/"),  # the Kelvin sign
        ("/ς/", "/σ/"),
    ],
)
def test_paths_that_a_disk_may_take_for_one_collide(one, other):
    assert collision_key(one) == collision_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("/a/", "/a"), ("/a-b/", "/a_b/"), ("/é/", "/e/"), ("/ı/", "/i/"), ("/1/", "/①/")]
)
def test_other_paths_do_not_collide(one, other):
    assert collision_key(one) != collision_key(other)


@given(st.text())
def test_case_and_unicode_form_do_not_change_a_collision_key(path):
    key = collision_key(path)
    assert collision_key(key) == key
    assert collision_key(path.casefold()) == key
    assert collision_key(unicodedata.normalize("NFD", path)) == key
    assert collision_key(unicodedata.normalize("NFC", path)) == key


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/2025/10/x/", "2025/10/x/index.html"),
        ("/feed.xml", "feed.xml"),
        ("/media/a b.svg", "media/a b.svg"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
    ],
)
def test_the_file_that_answers_for_a_path(path, file):
    assert output_file(path) == file


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://x.example/", "https"),
        ("HTTP://x.example/", "http"),
        ("mailto:desk@x.example", "mailto"),
        ("javascript:alert(1)", "javascript"),
        (" \x01javascript:alert(1)", "javascript"),
        ("java\tscr\nipt:alert(1)", "javascript"),
        ("JaVaScRiPt\r:alert(1)", "javascript"),
        ("/about/", ""),
        ("about:blank", "about"),
        ("./a:b", ""),
        ("/a:b", ""),
        ("#a:b", ""),
        ("?a:b", ""),
        ("//x.example/", ""),
        ("1a:b", ""),
        ("", ""),
    ],
)
def test_schemes_are_found_where_browsers_find_them(address, found):
    assert scheme(address) == found


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://x.example", ""),
        ("https://x.example/", ""),
        ("https://x.example/news", "/news"),
        ("https://x.example/news/", "/news"),
        ("https://x.example/a/b/", "/a/b"),
        ("https://x.example/новини/", "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"),
        ("https://x.example/%d0%bd/", "/%D0%BD"),
        ("https://x.example:8080/news/", "/news"),
    ],
)
def test_the_base_path_of_a_site(url, base):
    assert base_path(url) == base

"""What ``site.yaml`` may say, and what is said about it when it is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

from gazepress.config import read_settings
from gazepress.feed_formats import FeedFormat
from gazepress.located import Located
from gazepress.phrases import BUILT_IN_PHRASES, ENGLISH, GERMAN, UKRAINIAN, Phrases
from gazepress.settings import (
    FeedContent,
    MenuItem,
    ReferencePolicy,
    SectionSetting,
    Settings,
)

REQUIRED = "title: The Gaze\nurl: https://gaze.example/\n"


def settings(more=""):
    checked = read_settings((REQUIRED + more).encode())
    assert checked.diagnostics == ()
    return checked.value


def problems(text):
    """Return ``line:column: message`` of all that is wrong; nothing is built from wrong settings."""
    checked = read_settings(text if isinstance(text, bytes) else text.encode())
    assert (checked.value is None) == any(found.severity == "error" for found in checked.diagnostics)
    assert all(found.path == "site.yaml" for found in checked.diagnostics)
    return [f"{found.line}:{found.column}: {found.message}" for found in checked.diagnostics]


def test_title_and_url_are_enough_and_all_else_has_a_default():
    assert settings() == Settings("The Gaze", "https://gaze.example/", publication="The Gaze")


def test_every_setting_can_be_given():
    given_ones = settings(
        "publication: Gaze\n"
        "description: News\n"
        "language: uk\n"
        "timezone: Europe/Kyiv\n"
        "permalink: /articles/{year}/{slug}/\n"
        "per_page: 10\n"
        "sections:\n  - {slug: air-defense, name: Air Defense, description: Up there}\n"
        "menu:\n  - title: About\n    url: /about/\n"
        "phrases:\n  uk: {read_more: [Далі]}\n"
        "feeds: {site: {content: summary, items: 5, without: [opinion]}, tags: {formats: []}}\n"
        "references: warning\n"
        "related: {count: 0, newer: yes}\n"
        "output: build/site\n"
    )
    assert given_ones.publication == "Gaze"
    assert given_ones.zone.key == "Europe/Kyiv"
    assert given_ones.permalink == "/articles/{year}/{slug}/"
    assert given_ones.per_page == 10
    assert given_ones.sections == (SectionSetting("air-defense", "Air Defense", "Up there"),)
    assert given_ones.menu == (MenuItem("About", Located("/about/", 13, 10)),)
    assert given_ones.phrases == {"uk": Phrases(read_more=("Далі",))}
    whole = given_ones.feeds.site
    assert (whole.content, whole.items, whole.without) == (FeedContent.SUMMARY, 5, ("opinion",))
    assert (given_ones.feeds.tags.formats, given_ones.feeds.authors.formats) == ((), (FeedFormat.RSS,))
    assert given_ones.references is ReferencePolicy.WARNING
    assert (given_ones.related.count, given_ones.related.newer) == (0, True)
    assert given_ones.output == "build/site"


def test_an_empty_file_lacks_title_and_url():
    assert problems("") == ["1:1: 'title' is missing", "1:1: 'url' is missing"]


def test_an_unknown_key_is_a_warning_that_names_the_nearest():
    checked = read_settings((REQUIRED + "time_zone: UTC\n").encode())
    (found,) = checked.diagnostics
    assert checked.value is not None
    assert (found.code, found.line, found.column, found.hint) == ("unknown-key", 3, 1, "did you mean 'timezone'?")


def test_a_file_may_start_with_a_byte_order_mark():
    assert read_settings(b"\xef\xbb\xbf" + REQUIRED.encode()).value == settings()


def test_windows_line_ends_change_nothing():
    assert read_settings(REQUIRED.replace("\n", "\r\n").encode()).value == settings()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"title: x\nurl: \xff", "2:6"),
        (b"\xff\xfet\x00", "1:1"),
        (b"title: \xd0\x9a\xd0", "1:9"),
    ],
)
def test_what_is_not_utf8_is_reported_at_its_place(data, place):
    (told,) = problems(data)
    assert told.startswith(f"{place}: the byte 0x")
    assert told.endswith(" is not UTF-8 text")


def test_all_problems_come_together_each_at_its_value():
    text = (
        "# url: in a comment\n"
        'menu: [{title: url, url: "javascript:alert(1)"}]\n'
        "title: The Gaze\n"
        '"url": gaze.example\n'
        "timezone: Kyiv\n"
        "language: English\n"
        "permalink: /{year}/\n"
        "output: ..\n"
        "sections:\n"
        "  - slug: one\n"
        "    name: One\n"
        "  - name: Two\n"
        "    slug: one\n"
    )
    assert sorted(problems(text)) == [
        "13:11: the section 'one' is given twice",
        "2:26: the menu cannot lead to 'javascript:alert(1)'",
        "4:8: 'url' cannot be 'gaze.example'",
        "5:11: 'timezone' cannot be 'Kyiv'",
        "6:11: 'language' cannot be 'English'",
        "7:12: 'permalink' must hold {slug}",
        "8:9: 'output' cannot be '..'",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://gaze.example",
        "https://gaze.example/news",
        "https://gaze.example/news/",
        "https://gaze.example/a/b/",
        "https://gaze.example/новини/",
        "https://gaze.example/%D0%BD/",
        "http://localhost:8000/",
        "http://127.0.0.1:8000/",
        "http://[::1]:8000/",
        "HTTPS://Gaze.Example/",
        "https://xn--b1amarcd.xn--j1amh/",
    ],
)
def test_addresses_of_a_site(url):
    assert problems(f"title: x\nurl: '{url}'\n") == []


@pytest.mark.parametrize(
    "url",
    [
        "gaze.example",
        "//gaze.example/",
        "/news/",
        "ftp://gaze.example/",
        "javascript:alert(1)",
        "https://",
        "https:///news/",
        "https://.",
        "https://[::1",
        "https://[zz]/",
        "https://user:password@gaze.example/",
        "https://user@gaze.example/",
        "https://gaze.example:99999/",
        "https://gaze.example:port/",
        "https://gaze example/",
        "https://gaze.example/a b/",
        "https://gaze.example/?a=b",
        "https://gaze.example/?",
        "https://gaze.example/#a",
        "https://gaze.example/../a/",
        "https://gaze.example/%2e%2e/",
        "https://gaze.example//a/",
        "https://gaze.example/a//",
        "https://gaze.example/100%/",
        "https://gaze.example\\@evil.example/",
        'https://gaze.example/"onload=',
        "https://gaze.example/<script>",
        "https://новини.укр/",
    ],
)
def test_addresses_that_no_site_can_have(url):
    assert problems(f"title: x\nurl: '{url}'\n") == [f"2:6: 'url' cannot be {url!r}"]


@pytest.mark.parametrize("name", ["UTC", "Europe/Kyiv", "America/Argentina/Buenos_Aires", "Etc/GMT+3"])
def test_timezones(name):
    assert settings(f"timezone: {name}\n").zone.key == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "Europe",
        "Europe/Nowhere",
        "Europe/Kyiv ",
        "UTC+2",
        "+02:00",
        "tzdata.zi",
        "localtime",  # another one on each machine
        "posixrules",
        "a" * 5000,
        "Європа/Київ",
    ],
)
def test_timezones_that_are_none(name):
    assert problems(REQUIRED + f"timezone: '{name}'\n")[0].startswith("3:11: 'timezone' cannot be ")


@pytest.mark.parametrize("language", ["en", "uk", "en-GB", "zh-Hant-TW", "es-419"])
def test_languages(language):
    assert settings(f"language: {language}\n").language == language


@pytest.mark.parametrize(
    "language", ["", "e", "English", "EN", "uk_UA", "en-", "-en", "en GB", 'en" lang="', "укр", "12"]
)
def test_languages_that_are_none(language):
    assert problems(REQUIRED + f"language: '{language}'\n") == [f"3:11: 'language' cannot be {language!r}"]


def test_the_language_no_is_norwegian_and_not_a_truth_value():
    assert settings("language: no\n").language == "no"


@pytest.mark.parametrize(
    "pattern",
    [
        "/{slug}/",
        "/{year}/{month}/{slug}/",
        "/{year}/{month}/{day}/{slug}/",
        "/articles/{year}/{slug}/",
        "/{section}/{year}-{month}-{slug}/",
        "/a.b/{slug}/",
    ],
)
def test_permalinks(pattern):
    assert settings(f"permalink: '{pattern}'\n").permalink == pattern


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("", "'permalink' must hold {slug}"),
        ("/{year}/", "'permalink' must hold {slug}"),
        ("/{slug/", "'permalink' must hold {slug}"),
        ("/{title}/{slug}/", "'permalink' has an unknown token {title}"),
        ("/{}/{slug}/", "'permalink' has an unknown token {}"),
        ("/{slug.__class__}/", "'permalink' has an unknown token {slug.__class__}"),
        ("/{slug!r}/", "'permalink' has an unknown token {slug!r}"),
        ("{slug}/", "'permalink' cannot be '{slug}/'"),
        ("/{slug}", "'permalink' cannot be '/{slug}'"),
        ("/{slug}.html", "'permalink' cannot be '/{slug}.html'"),
        ("//{slug}/", "'permalink' cannot be '//{slug}/'"),
        ("/../{slug}/", "'permalink' cannot be '/../{slug}/'"),
        ("/./{slug}/", "'permalink' cannot be '/./{slug}/'"),
        ("/{{slug}}/", "'permalink' cannot be '/{{slug}}/'"),
        ("/a b/{slug}/", "'permalink' cannot be '/a b/{slug}/'"),
        ("/a?b/{slug}/", "'permalink' cannot be '/a?b/{slug}/'"),
        ("/a%2Fb/{slug}/", "'permalink' cannot be '/a%2Fb/{slug}/'"),
    ],
)
def test_permalinks_that_make_no_addresses(pattern, message):
    assert problems(REQUIRED + f"permalink: '{pattern}'\n") == [f"3:12: {message}"]


@pytest.mark.parametrize("folder", ["public", "public/", "build/site", "_site", "сайт", "my site", "contents"])
def test_output_folders(folder):
    assert settings(f"output: '{folder}'\n").output == folder


@pytest.mark.parametrize(
    "folder",
    [
        "",
        "/",
        ".",
        "./",
        "..",
        "./public",
        "../public",
        "public/..",
        "public/../content",
        "a//b",
        "/var/www",
        "~",
        "~/site",
        "C:\\site",
        "C:site",
        "a\\b",
        ".git",
        "a/.b",
        "public ",
        " public",
        "-rf",
        "content",
        "content/",
        "Content",
        "content/site",
        "static/x",
        "templates",
        "site.yaml",
    ],
)
def test_output_folders_that_cannot_be(folder):
    assert problems(REQUIRED + f"output: '{folder}'\n") == [f"3:9: 'output' cannot be {folder!r}"]


@pytest.mark.parametrize("slug", ["Air Defense", "air_defense", "-a", "a--b", "a/b", "..", "оборона", "A"])
def test_slugs_of_sections_that_cannot_be(slug):
    text = REQUIRED + f"sections:\n  - name: A\n    slug: '{slug}'\n"
    assert problems(text) == [f"5:11: a section's slug cannot be {slug!r}"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("title: again\n", "3:1: 'title' is given twice"),
        ("per_page: 0\n", "3:11: 'per_page' must be at least 1"),
        ("per_page: many\n", "3:11: 'per_page' cannot be 'many'"),
        ("per_page: 1.5\n", "3:11: 'per_page' cannot be '1.5'"),
        ("per_page: 99999999999\n", "3:11: 'per_page' cannot be '99999999999'"),
        ("feeds: {site: {items: 0}}\n", "3:23: 'feeds.site.items' must be at least 1"),
        ("feeds: {tags: {content: all}}\n", "3:25: 'feeds.tags.content' cannot be 'all'"),
        ("feeds: {tags: {formats: [rss, rdf]}}\n", "3:31: 'feeds.tags.formats[1]' cannot be 'rdf'"),
        ("feeds: {tags: {formats: [rss, rss]}}\n", "3:31: the format 'rss' is given twice"),
        ("feeds: {site: {without: [live, essay]}}\n", "3:32: there is no kind of article called 'essay'"),
        ("feeds: {site: {language: english!}}\n", "3:26: a feed's language cannot be 'english!'"),
        ("feeds: {hub: hub.example}\n", "3:14: the hub cannot be 'hub.example'"),
        ("feeds: full\n", "3:8: 'feeds' must be keys with values"),
        ("references: ignore\n", "3:13: 'references' cannot be 'ignore'"),
        ("related: {count: -1}\n", "3:18: 'related.count' cannot be '-1'"),
        ("related: {newer: maybe}\n", "3:18: 'related.newer' cannot be 'maybe'"),
        ("sections: [industry]\n", "3:12: 'sections[0]' must be keys with values"),
        ("sections: industry\n", "3:11: 'sections' must be a list"),
        ("sections: [{slug: a}]\n", "3:12: 'sections[0].name' is missing"),
        ("sections: [{slug: a, name: ''}]\n", "3:22: 'sections[0].name' has no value"),
        ("menu: [{title: About}]\n", "3:8: 'menu[0].url' is missing"),
        ("menu: [{title: ' ', url: /}]\n", "3:9: 'menu[0].title' has no value"),
        ("policies: {ethics: ethics}\n", "3:20: 'ethics' cannot be 'ethics'"),
        ("policies: {ethics: 'mailto:a@b.example'}\n", "3:20: 'ethics' cannot be 'mailto:a@b.example'"),
        ("menu: [{title: About, url: about}]\n", "3:28: the menu cannot lead to 'about'"),
        ('menu: [{title: About, url: "java\\tscript:x"}]\n', "3:28: the menu cannot lead to 'java\\tscript:x'"),
        ("menu: [{title: About, url: 'data:text/html,x'}]\n", "3:28: the menu cannot lead to 'data:text/html,x'"),
        ("phrases: {en: {read_more: [Read more, '']}}\n", "3:39: 'phrases.en.read_more' has an empty entry"),
        ("phrases: {en: }\n", "3:15: 'phrases.en' must be keys with values"),
        ("phrases: {english: {}}\n", "3:20: 'phrases' cannot have the language 'english'"),
        ("phrases: {en: {attribution: [We say]}}\n", "3:30: an attribution must hold {source} once"),
        (
            "phrases: {en: {attribution: ['{source} and {source}']}}\n",
            "3:30: an attribution must hold {source} once",
        ),
        ("phrases: {en: {read_more: ['{source}:']}}\n", "3:28: this phrase has an unknown token {source}"),
        ("phrases: {en: {earlier: ['{paper} said']}}\n", "3:26: this phrase has an unknown token {paper}"),
    ],
)
def test_wrong_values_are_reported_at_their_place(more, expected):
    assert problems(REQUIRED + more) == [expected]


def test_a_menu_leads_to_paths_of_the_site_and_to_full_addresses():
    urls = ["/about/", "/feed.xml", "https://x.example/?a=b#c", "mailto:desk@gaze.example", "tel:+380441234567"]
    menu = "".join(f"  - {{title: t, url: '{url}'}}\n" for url in urls)
    assert [item.url.text for item in settings("menu:\n" + menu).menu] == urls


def test_phrases_hold_the_name_of_the_publication():
    phrases = settings("publication: The Gaze\n").phrases_for("en")
    assert "Read more on The Gaze" in phrases.read_more
    assert "As The Gaze reported earlier" in phrases.earlier
    assert "The Gaze reports this, referring to {source}" in phrases.attribution
    assert "{publication}" not in str(phrases)


def test_own_phrases_take_the_place_of_the_built_in_ones_kind_by_kind():
    own = settings("phrases: {en: {read_more: ['More at {publication}']}}\n").phrases_for("en")
    built_in = settings().phrases_for("en")
    assert own.read_more == ("More at The Gaze",)
    assert (own.earlier, own.attribution) == (built_in.earlier, built_in.attribution)


@pytest.mark.parametrize(
    ("site", "asked", "found"),
    [
        ("en", "en", ENGLISH),
        ("en", "uk", UKRAINIAN),
        ("en", "en-GB", ENGLISH),
        ("uk", "uk-UA", UKRAINIAN),
        ("uk", "es", UKRAINIAN),  # unknown: the site's
        ("es", "es", ENGLISH),  # the site's own is unknown: English
        ("es", "cs", ENGLISH),
        ("en", "de-AT", GERMAN),
        ("en", "", ENGLISH),
    ],
)
def test_phrases_of_a_language(site, asked, found):
    phrases = settings(f"publication: '{{publication}}'\nlanguage: {site}\n").phrases_for(asked)
    assert phrases == found


def test_phrases_of_a_region_come_before_those_of_its_language():
    own = settings("phrases:\n  en: {earlier: [e]}\n  en-GB: {earlier: [gb]}\n")
    assert own.phrases_for("en-GB").earlier == ("gb",)
    assert own.phrases_for("en-US").earlier == ("e",)


def test_the_built_in_phrases_follow_the_rules_for_own_ones():
    for language, phrases in BUILT_IN_PHRASES.items():
        text = REQUIRED + "phrases:\n  " + language + ":\n"
        for kind, group in to_builtins(phrases).items():
            text += f"    {kind}:\n" + "".join(f"      - '{phrase}'\n" for phrase in group)
        assert problems(text) == []


@given(st.binary(max_size=80))
def test_no_bytes_raise(data):
    read_settings(data)
    read_settings(REQUIRED.encode() + data)


@given(st.sampled_from(["url", "timezone", "language", "permalink", "output"]), st.text(max_size=30))
def test_no_value_raises(key, value):
    values = {"title": "x", "url": "https://x.example/", key: value}
    text = "".join(f'{name}: "{escaped(value)}"\n' for name, value in values.items())
    read_settings(text.encode())


def escaped(value):
    """Return a text in which every character is a YAML escape, so that any character comes through."""
    return "".join(f"\\U{ord(one):08X}" for one in value)

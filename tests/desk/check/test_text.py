"""What rules see of a text: passages, links and pictures, and where each character of them stands in the file."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gazepress.desk.check.looking import look_at_text
from gazepress.desk.check.text import read
from gazepress.documents import ParseOptions
from gazepress.settings import Settings
from gazepress.sources import SourceKind
from gazepress.stages.parse import parse

SETTINGS = Settings(title="The Gaze", url="https://gaze.example/", publication="The Gaze")
OPTIONS = ParseOptions("Europe/Kyiv", "en", {one: SETTINGS.phrases_for(one) for one in ("en", "uk")})
MATTER = "---\ntitle: A headline\ndate: 2025-10-27 12:30\n---\n"


def see(body, matter=MATTER, encode=str.encode):
    data = encode(matter + body)
    return read(data, parse(SourceKind.ARTICLE, data, OPTIONS).value.document, OPTIONS)


def test_each_passage_is_of_the_kind_that_a_reader_takes_it_for():
    text = see(
        "Words.\n\n# One\n\n## Two\n\n- an item\n\n> quoted\n\n> [!FACTS] In short\n> told\n\n"
        "| a |\n| --- |\n| b |\n\nNoted[^1].\n\n[^1]: A note.\n"
    )
    assert [(one.kind.value, one.level, one.text) for one in text.passages] == [
        ("paragraph", 0, "Words."),
        ("heading", 2, "One"),
        ("heading", 2, "Two"),
        ("item", 0, "an item"),
        ("quote", 0, "quoted"),
        ("paragraph", 0, "In short"),
        ("paragraph", 0, "told"),
        ("cell", 0, "a"),
        ("cell", 0, "b"),
        ("paragraph", 0, "Noted."),
        ("note", 0, "A note."),
    ]
    assert [one.text for one in text.told] == ["Words.", "an item", "In short", "told", "Noted.", "A note."]


def test_links_and_pictures_have_their_words_and_addresses():
    (passage,) = see("See [the *far* site](https://a.example/) and [[Wiki]] and ![A crane](crane.svg).").passages
    assert [(one.words, one.address) for one in passage.links] == [
        ("the far site", "https://a.example/"),
        ("Wiki", "Wiki"),
    ]
    assert [(one.alt, one.address, one.place) for one in passage.pictures] == [("A crane", "crane.svg", (5, 59))]


def test_what_stands_in_quotation_marks_is_not_the_authors():
    (passage,) = see('He said “no, \nnever” and «ні», "so", not more.').passages
    assert passage.unquoted.split() == ["He", "said", "and", ",", ",", "not", "more."]
    assert len(passage.unquoted) == len(passage.text)


def test_values_of_front_matter_are_found_in_any_file():
    windows = see("Text.\n", MATTER, lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert windows.place_of("date") == (3, 7)
    assert windows.passages[0].place(0) == (5, 1)


WORD = st.text("abcdeйїґ", min_size=1, max_size=5)
PIECE = st.one_of(
    WORD,
    WORD.map("*{}*".format),
    WORD.map("**{}**".format),
    WORD.map("`{}`".format),
    st.tuples(WORD, WORD).map("[{0[0]}](https://{0[1]}.example/{0[0]})".format),
    st.just("\\*"),
    st.just("&amp;"),
    st.just("\n"),
)
LINE = st.lists(PIECE, min_size=1, max_size=8).map(" ".join)
BLOCK = st.one_of(LINE, LINE.map("- {}".format), LINE.map(lambda line: "> " + line.replace("\n", "\n> ")))


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=4))
def test_every_letter_of_a_text_stands_where_its_place_says(blocks):
    body = "\n\n".join(blocks)
    lines = (MATTER + body).split("\n")
    for passage in see(body).passages:
        for offset, letter in enumerate(passage.text):
            if letter.isalpha():
                line, column = passage.place(offset)
                assert lines[line - 1][column - 1] == letter, (passage.text, offset)


@settings(max_examples=40, deadline=None)
@given(st.text('aA1 .,%“”"-—()[]|*_#>\n€$KMkm' + "йЇ", max_size=120), st.sampled_from(["en", "uk", "de"]))
def test_no_text_is_too_strange_for_the_rules(body, language):
    data = MATTER.replace("date", f"lang: {language}\ndate", 1).encode() + body.encode()
    parsed = parse(SourceKind.ARTICLE, data, OPTIONS).value
    for one in look_at_text(data, parsed.document, OPTIONS):
        assert one.line >= 1
        assert one.column >= 1
        assert one.line <= data.count(b"\n") + 1

"""What is offered at the cursor, and what the text becomes when it is taken."""

import pytest

from gazepress.matter import CorrectionKind, Status
from support import article

NEW = "content/articles/policy/new.md"
KEEL, SWARM, BUDGET, SECRET = (
    "A Keel Is Laid",
    "Swarm Strategy: The Future of “Cheap” Drones",
    "Budget",
    "A Secret Deal",
)


@pytest.fixture
def offered(editor):
    """The labels that are offered at the cursor of a body."""
    return lambda text, **front: [item.label for item in editor.complete(NEW, article("New", text, **front))]


@pytest.fixture
def in_front(editor):
    """The labels that are offered at the cursor of front matter."""
    return lambda yaml: [item.label for item in editor.complete(NEW, f"---\n{yaml}\n---\n\nText.\n")]


# ---------------------------------------------------------------------------------------------------------- titles


def test_titles_are_offered_behind_two_brackets_by_the_first_letters_of_their_words_in_any_order(offered):
    assert offered("See [[kee la¦ and more") == [KEEL]
    assert offered("See [[drones fut¦") == [SWARM]
    assert offered("See [[‘cheap’¦") == [SWARM]
    assert offered("See [[nothing like it¦") == []


def test_those_come_first_that_begin_with_what_is_written_and_then_the_newest(offered):
    assert offered("[[keel¦") == ["More Keels", KEEL]
    assert offered("[[bud¦")[:2] == [BUDGET, BUDGET]
    assert len(offered("[[¦")) == 10  # all texts: eight articles, a page, an author


def test_what_is_taken_is_closed_once_and_takes_the_place_of_what_stood_there(editor):
    assert "See [[A Keel Is Laid]] now" in editor.choose(NEW, article("New", "See [[ke¦ now"), KEEL)
    assert "See [[A Keel Is Laid]]." in editor.choose(NEW, article("New", "See [[ke¦el old]]."), KEEL)
    assert "See [[A Keel Is Laid|the keel]]." in editor.choose(NEW, article("New", "See [[¦|the keel]]."), KEEL)


def test_of_two_texts_with_one_title_each_is_named_so_that_it_alone_fits(editor):
    offers = editor.complete(NEW, article("New", "[[budget¦"))
    assert [(item.label, item.text_edit.new_text) for item in offers] == [
        (BUDGET, "budget-again]]"),
        (BUDGET, "budget]]"),
    ]
    assert [item.detail for item in offers] == ["2025-04-01 · Policy", "2025-03-01 · Policy"]


def test_what_is_held_back_is_offered_and_marked_and_the_card_says_it_too(editor):
    (item,) = editor.complete(NEW, article("New", "[[secret¦"))
    assert item.detail == "2025-10-27 · Policy · embargo until 2026-05-01 07:00"
    assert "*Not public: embargo until 2026-05-01 07:00*" in editor.resolve(item).documentation.value


def test_articles_alone_are_offered_behind_the_label_of_a_read_more_line(editor, offered):
    text = article("New", "Text.\n\n**Read more on The Gaze:** swarm¦ strat")
    assert editor.choose(NEW, text, SWARM).endswith(f"**Read more on The Gaze:** {SWARM}\n")
    assert editor.choose(NEW, article("New", "Read also:¦"), KEEL).endswith(f"Read also: {KEEL}\n")
    assert "About Us" not in offered("Read more: ¦")
    assert offered("He said: read more¦") == []


def test_the_labels_are_those_of_the_language_of_the_text(offered):
    assert offered("Читайте також: keel la¦", lang="uk") == [KEEL]
    assert offered("Read also: keel la¦", lang="uk") == []


def test_a_list_below_a_label_goes_on_with_titles(offered):
    assert offered("Read also:\n\n- A Keel Is Laid\n- swa¦") == [SWARM]
    assert offered("The yard has:\n\n- swa¦") == []


def test_cyrillic_and_characters_of_two_units_before_the_cursor_do_not_move_it(editor):
    text = article("New", "Про це 𝔘𝔎 😀 [[kee la¦")
    assert "Про це 𝔘𝔎 😀 [[A Keel Is Laid]]" in editor.choose(NEW, text, KEEL)


def test_line_separators_end_no_line(editor):
    text = article("New", "A\u2028b\u0085c\x0bd [[keel la¦")
    assert "d [[A Keel Is Laid]]\n" in editor.choose(NEW, text, KEEL)


# ------------------------------------------------------------------------------------------------------------ keys


def test_keys_are_offered_that_are_not_there_yet_those_that_must_be_there_first(in_front):
    assert in_front("¦")[:2] == ["title", "date"]
    assert in_front("title: A\n¦")[0] == "date"
    assert in_front("title: A\nst¦") == ["status"]
    assert "title" not in in_front("title: A\n¦\ndate: 2026-01-01")


def test_a_key_comes_with_its_colon_unless_that_is_there(editor):
    assert "\nstatus: \n" in editor.choose(NEW, "---\ntitle: A\nst¦\n---\n", "status")
    assert "\nstatus: draft\n" in editor.choose(NEW, "---\ntitle: A\nst¦: draft\n---\n", "status")


@pytest.mark.parametrize(
    ("yaml", "labels"),
    [
        ("image:\n  ¦", ["src", "alt", "caption", "credit", "focus"]),
        ("sources:\n  - n¦", ["name"]),
        ("sources:\n  - name: A\n    u¦", ["url"]),
        ("sources: [{name: A, u¦}]", ["url"]),
        ("corrections:\n- date: 2026-01-01\n  k¦", ["kind"]),
    ],
)
def test_keys_inside_of_others_are_those_of_the_record_there(in_front, yaml, labels):
    assert in_front(f"title: A\n{yaml}") == labels


# ---------------------------------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("yaml", "labels"),
    [
        ("status: ¦", [*Status]),
        ("status:¦", [*Status]),
        ("lead: ¦", ["true", "false"]),
        ("corrections:\n  - kind: ¦", [*CorrectionKind]),
        ("section: ¦", ["industry", "policy"]),
        ("tags: [ke¦", ["keels"]),
        ("tags: [boats, ¦]", ["boats", "drones", "keels"]),
        ("tags:\n  - boats\n  - d¦", ["drones"]),
        ("authors: koval¦", ["Olena Koval"]),
        ("follows: [keel la¦]", [KEEL]),
        ("related:\n- keel la¦", [KEEL]),
        ("translates: keel la¦", [KEEL]),
        ("# tags: ¦", []),
    ],
)
def test_values_are_those_that_a_key_may_have_or_that_articles_have_already(in_front, yaml, labels):
    assert in_front(f"title: A\n{yaml}") == labels


def test_values_are_quoted_where_yaml_asks_for_it(editor):
    taken = editor.choose(NEW, "---\ntitle: A\nfollows:\n  - swa¦\n---\n", SWARM)
    assert f"\n  - '{SWARM}'\n" in taken
    assert f"related: ['{SWARM}']" in editor.choose(NEW, "---\nrelated: ['swa¦']\n---\n", SWARM)


def test_the_front_page_names_articles_and_the_settings_have_their_keys(editor):
    front = editor.complete("content/_front.yaml", "lead: keel la¦\n")
    assert [item.label for item in front] == [KEEL]
    slots = editor.complete("content/_front.yaml", "slots:\n  - title: A\n    articles:\n      - keel la¦\n")
    assert [item.label for item in slots] == [KEEL]
    labels = [item.label for item in editor.complete("site.yaml", "title: A\nrelated:\n  ¦")]
    assert labels == ["count", "newer"]

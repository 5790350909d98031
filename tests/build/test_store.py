"""The store: what is put there comes back as it was, or not at all."""

import os
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from gazepress.build.store import DamagedError, Memory, Place, Store


class Note(Struct, frozen=True):
    words: str
    numbers: tuple[int, ...] = ()


NOTE = Note("words", (1, 2))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / ".gazepress"


def test_a_record_comes_back_for_the_same_program(folder):
    assert Store(folder, "a").save("note", NOTE)
    again = Store(folder, "a")
    assert again.load("note", Note) == NOTE
    assert not again.found_damage


def test_what_was_never_saved_is_no_damage(folder):
    store = Store(folder, "a")
    assert store.load("note", Note) is None
    assert not store.found_damage


def test_a_record_of_another_program_is_not_used(folder):
    Store(folder, "a").save("note", NOTE)
    other = Store(folder, "b")
    assert other.load("note", Note) is None
    assert other.found_damage


def test_a_record_of_another_shape_is_not_used(folder):
    Store(folder, "a").save("note", {"words": 3})
    store = Store(folder, "a")
    assert store.load("note", Note) is None
    assert store.found_damage


@given(st.data())
def test_a_record_with_any_byte_changed_or_cut_off_is_not_used(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("site") / ".gazepress"
    Store(folder, "a").save("note", NOTE)
    file = folder / "note.record"
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = bytes([whole[at] ^ data.draw(st.integers(1, 255))])
    file.write_bytes(whole[:at] + data.draw(st.sampled_from([b"", changed + whole[at + 1 :]])))
    assert Store(folder, "a").load("note", Note) in (None, NOTE)


def test_the_bytes_that_a_fork_puts_away_are_read_by_all(folder):
    store = Store(folder, "a")
    first = store.append(b"first")
    receiver, sender = os.pipe()
    if not os.fork():
        place = store.append(b"from a fork")
        os.write(sender, repr((place.pack, place.start, place.size, place.check)).encode())
        os._exit(0)
    os.wait()
    place = Place(*eval(os.read(receiver, 1000)))
    second = store.append(b"second")
    assert [store.read(one) for one in (first, place, second)] == [b"first", b"from a fork", b"second"]
    assert place.pack != first.pack == second.pack


def test_bytes_that_were_changed_are_told_from_those_that_were_put_away(folder):
    store = Store(folder, "a")
    place = store.append(b"what was put away")
    (pack,) = folder.glob("*.pack")
    pack.write_bytes(b"what was put Away")
    with pytest.raises(DamagedError):
        store.read(place)
    pack.unlink()
    with pytest.raises(DamagedError):
        Store(folder, "a").read(place)


def test_a_pack_of_which_half_is_unused_is_written_anew(folder):
    store = Store(folder, "a")
    places = [store.append(bytes([at]) * 1000) for at in range(10)]
    store.close()
    store = Store(folder, "a")
    assert store.tidy(places[:6]) == {}
    moves = store.tidy(places[:4])
    assert set(moves) == set(places[:4])
    store.drop_packs({place.pack for place in moves.values()})
    assert [store.read(moves[one])[0] for one in places[:4]] == [0, 1, 2, 3]
    assert sum(file.stat().st_size for file in folder.glob("*.pack")) == 4000


def test_many_small_packs_become_one(folder):
    places = []
    for at in range(80):
        store = Store(folder, "a")
        places.append(store.append(bytes([at])))
        store.close()
    store = Store(folder, "a")
    moves = store.tidy(places)
    store.drop_packs({place.pack for place in moves.values()})
    assert [store.read(moves[one]) for one in places] == [bytes([at]) for at in range(80)]
    assert len(list(folder.glob("*.pack"))) == 1


def test_a_store_that_is_not_wanted_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    store = Store(None, "a")
    store.save("note", NOTE)
    assert store.read(store.append(b"bytes")) == b"bytes"
    assert list(tmp_path.iterdir())
    store.close()
    assert not list(tmp_path.iterdir())


def test_a_file_in_the_place_of_the_folder_gives_way(folder):
    folder.write_text("Not a folder.")
    store = Store(folder, "a")
    assert store.found_damage
    assert store.save("note", NOTE)
    assert not Store(folder, "a").found_damage


def test_the_folder_tells_backups_and_git_what_it_is(folder):
    Store(folder, "a")
    tag = (folder / "CACHEDIR.TAG").read_text("ascii")
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert (folder / ".gitignore").read_text("ascii") == "*\n"


# ----------------------------------------------------------------------------------------- with a memory


def stored(folder, memory=None):
    return closing(Store(folder, "a", memory))


def test_a_memory_hands_on_the_record_itself_and_the_folder_has_it_once_the_store_is_closed(folder):
    memory = Memory()
    with stored(folder, memory) as first:
        assert first.save("note", NOTE)
        assert first.load("note", Note) is NOTE
        assert not (folder / "note.record").exists()
    with stored(folder, memory) as second:
        assert second.load("note", Note) is NOTE
    with stored(folder) as other:
        assert other.load("note", Note) == NOTE


def test_what_somebody_else_has_written_counts_more_than_a_memory(folder):
    memory, theirs = Memory(), Note("theirs")
    with stored(folder, memory) as mine:
        mine.save("note", NOTE)
        mine.save("other", NOTE)
    with stored(folder) as other:
        other.save("note", theirs)
    with stored(folder, memory) as mine:
        assert mine.load("note", Note) == theirs
        assert mine.load("other", Note) is not NOTE


def test_what_was_deleted_is_in_no_memory(folder):
    memory = Memory()
    with stored(folder, memory) as mine:
        mine.save("note", NOTE)
    (folder / "note.record").unlink()
    with stored(folder, memory) as mine:
        assert mine.load("note", Note) is None


def test_packs_are_dropped_only_when_no_record_on_the_disk_names_them(folder):
    memory = Memory()
    with stored(folder, memory) as mine:
        pack = mine.append(b"text").pack
        mine.save("note", NOTE)
        mine.drop_packs(frozenset())
        assert (folder / f"{pack}.pack").exists()
    assert not (folder / f"{pack}.pack").exists()


def test_a_renamed_record_is_not_found_under_its_old_name(folder):
    memory = Memory()
    with stored(folder, memory) as mine:
        mine.save("note", NOTE)
    with stored(folder, memory) as mine:
        mine.rename("note", "old")
        assert mine.load("note", Note) is None
        assert mine.load("old", Note) == NOTE


def test_a_folder_without_room_for_a_record_is_no_reason_to_remember_it(tmp_path):
    (tmp_path / "file").touch()
    memory = Memory()
    with stored(tmp_path / "file/impossible", memory) as mine:
        assert mine.save("note", NOTE)
    with stored(tmp_path / "file/impossible", memory) as mine:
        assert mine.load("note", Note) is None


def test_the_folder_of_a_preview_is_no_damage(folder):
    (folder / "preview/tags").mkdir(parents=True)
    assert not Store(folder, "a").found_damage
    assert (folder / "preview/tags").is_dir()

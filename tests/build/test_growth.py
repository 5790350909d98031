"""What is remembered does not grow without bound."""

import msgspec

from gazepress.build import BuildOptions, build
from gazepress.build.remembered import KnownTexts
from support import NOW, SETTINGS, article, write_site

EDITS = 45
VERSIONS = 21  # the last one, and what twenty builds have not needed


def test_a_text_that_is_edited_again_and_again_leaves_only_its_last_versions(tmp_path):
    words = "Words. " * 6000
    write_site(tmp_path, {"site.yaml": SETTINGS})
    for edit in range(EDITS):
        write_site(tmp_path, {"content/articles/one.md": article("One", f"{words}\n\nEdit {edit}.", summary="Short.")})
        assert build(BuildOptions(site=tmp_path, now=NOW, jobs=1)).counts.parsed == 1
    cache = tmp_path / ".gazepress"
    record = (cache / "texts.record").read_bytes().split(b"\n", 2)[2]
    assert len(msgspec.msgpack.decode(record, type=KnownTexts).texts) == VERSIONS
    assert sum(file.stat().st_size for file in cache.glob("*.pack")) < (VERSIONS + 1) * (len(words) + 1000)


def test_the_outputs_of_many_folders_are_not_all_remembered(tmp_path):
    write_site(tmp_path, {"site.yaml": SETTINGS, "content/articles/one.md": article("One")})
    for number in range(12):
        build(BuildOptions(site=tmp_path, now=NOW, jobs=1, output=tmp_path / f"out{number}"))
    assert len(list((tmp_path / ".gazepress").glob("plan-*"))) == 8


def test_an_edit_writes_one_of_the_records_of_documents_anew(tmp_path):
    names = [f"content/articles/a{number}.md" for number in range(60)]
    write_site(tmp_path, {"site.yaml": SETTINGS, **{name: article(f"The report in {name}") for name in names}})
    build(BuildOptions(site=tmp_path, now=NOW, jobs=1))

    def records():
        return {file.name: file.stat().st_ino for file in (tmp_path / ".gazepress").glob("documents-*.record")}

    before = records()
    assert len(before) > 10
    write_site(tmp_path, {names[7]: article("Another headline")})
    build(BuildOptions(site=tmp_path, now=NOW, jobs=1))
    assert len(set(records().items()) - set(before.items())) == 1

"""Another name: what the commands `mv` and `retitle` would change, as edits of the editor."""

import pytest
from pygls.exceptions import JsonRpcException

from editor import CURSOR, Editor
from gazepress.build import BuildOptions, read_site
from gazepress.desk.draft import Draft
from gazepress.desk.edits import carry_out
from gazepress.desk.rename import move_text, rename_author, rename_tag, retitle
from support import NOW, SETTINGS, article, read_tree, write_site

KEEL, MORE, AUTHOR = "content/articles/keel.md", "content/articles/more.md", "content/authors/olena-koval.md"
FILES = {
    "site.yaml": SETTINGS + "sections:\n  - {slug: yards, name: Yards}\n",
    AUTHOR: "---\nname: Olena Koval\n---\n\nShe writes.\n",
    KEEL: article("A Keel Is Laid", "The yard began.", tags="[boats, keels]", section="yards"),
    MORE: "\ufeff"
    + article("More", "See [[A Keel Is Laid]].\n\nRead more: A Keel Is Laid", related="[keel]", tags="[boats]"),
    "content/articles/third.md": article("Third", "See [it](keel.md).", authors="[Olena Koval]"),
}


@pytest.fixture(scope="module")
def editor(tmp_path_factory):
    found = Editor(write_site(tmp_path_factory.mktemp("renames"), FILES))
    yield found
    found.close()


@pytest.fixture
def renamed(editor, tmp_path):
    """Return all sources after a name was changed at the cursor, and as a command leaves them that does the same."""

    def rename(path, marked, offered, new):
        text = FILES[path].removeprefix("\ufeff").replace(marked.replace(CURSOR, ""), marked)
        assert editor.prepare_rename(path, text) == offered
        site = write_site(tmp_path / "edited", FILES)
        editor.carry_out(editor.rename(path, text, new), site)
        return sources(site)

    return rename


def commanded(folder, plan, what, new):
    site = write_site(folder / "commanded", FILES)
    checked = read_site(BuildOptions(site=site, now=NOW, jobs=1, drafts=True))
    draft = Draft(checked.value, checked.diagnostics)
    plan(draft, what, new)
    assert carry_out(site, draft.change()) == ()
    return sources(site)


def sources(site):
    texts = {path: data.removeprefix(b"\xef\xbb\xbf") for path, data in read_tree(site).items()}
    return {path: data for path, data in texts.items() if not path.startswith(".gazepress")}


@pytest.mark.parametrize(
    ("at", "offered", "new", "command"),
    [
        ((KEEL, 'title: "A Keel¦ Is Laid"'), "A Keel Is Laid", "The First Keel", (retitle, KEEL)),
        ((MORE, "See [[A Keel Is¦ Laid]]."), "A Keel Is Laid", "The First Keel: A Story", (retitle, KEEL)),
        ((MORE, "related: [ke¦el]"), "keel", "first-keel", (move_text, KEEL)),
        ((KEEL, "tags: [boa¦ts, keels]"), "boats", "ships", (rename_tag, "boats")),
        ((AUTHOR, "name: Olena¦ Koval"), "Olena Koval", "Olena Kovalenko", (rename_author, "Olena Koval")),
    ],
)
def test_a_name_changes_as_the_command_would_change_it(renamed, tmp_path, at, offered, new, command):
    found = renamed(*at, offered, new)
    assert found == commanded(tmp_path, *command, new)
    assert found != sources(write_site(tmp_path / "before", FILES))


def test_a_rename_is_refused_with_its_reason_while_a_text_is_not_saved_or_where_it_cannot_be(editor):
    text = FILES[KEEL].replace("A Keel", "A K¦eel")
    editor.write(MORE, article("More", "[[A Keel Is Laid]] and more."))
    editor.write(KEEL, text)
    with pytest.raises(JsonRpcException, match=f"{MORE}: this text is not saved yet; save all texts"):
        editor.rename(KEEL, text, "The First Keel")
    with pytest.raises(JsonRpcException, match="a headline needs words"):
        editor.rename(KEEL, text, " ")
    assert editor.prepare_rename(KEEL, FILES[KEEL].replace("The yard", "The y¦ard")) is None
    editor.leave(MORE)

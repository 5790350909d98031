"""The documents say what the program does: tables are those of the records, links lead somewhere, examples work."""

import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from msgspec.structs import fields

from gazepress.diagnostics import CODES
from gazepress.located import Located
from gazepress.page_views import TEMPLATES
from gazepress.settings import Settings
from support import NOW, SETTINGS, article, write_site

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src/gazepress"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`([\w-]+(?:/[\w.-]+)+)`[^`]*:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _load_tool():
    spec = spec_from_file_location("write_docs", ROOT / "tools/write_docs.py")
    tool = module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


write_docs = _load_tool()
MATTERS = (write_docs.FrontMatter, write_docs.PageMatter, write_docs.AuthorMatter)
RECORDS = [
    one
    for one in write_docs.with_parts(Settings, *MATTERS, write_docs.Layout, *TEMPLATES.values())
    if one is not Located
]


def read(name):
    return (ROOT / name).read_text("utf-8")


def table_keys(text):
    """Return the first cell of each row of the tables in a text."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def section(text, heading):
    """Return what stands between a heading and the next one."""
    return re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)[1]


# ------------------------------------------------------------------------------------------------- reference tables


def test_the_reference_tables_are_those_that_the_records_give():
    check = [sys.executable, ROOT / "tools/write_docs.py", "--check"]
    run = subprocess.run(check, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_a_table_that_lacks_a_row_is_found_and_mended():
    text = read("docs/diagnostics.md")
    row = re.search(r"^\| `missing-key` .*\n", text, re.MULTILINE)[0]
    assert write_docs.filled(text.replace(row, "")) == text


@pytest.mark.parametrize("name", sorted(write_docs.REFERENCES))
def test_each_reference_table_stands_in_one_document(name):
    holders = [file for file in DOCUMENTS if f"<!-- reference: {name} -->" in file.read_text("utf-8")]
    assert len(holders) == 1


def test_every_code_is_explained_and_every_explained_code_exists():
    assert table_keys(section(read("docs/diagnostics.md"), "Codes")) == list(CODES)


def test_every_setting_is_in_the_documents():
    assert {field.name for field in fields(Settings)} <= set(table_keys(read("docs/settings.md")))


def test_every_key_of_front_matter_is_in_the_documents():
    keys = table_keys(read("docs/writing.md"))
    for record in MATTERS:
        assert {field.name for field in fields(record)} <= set(keys)


def test_every_template_is_in_the_documents_with_every_field_of_its_record():
    text = read("docs/templates.md")
    assert set(TEMPLATES) <= set(table_keys(text))
    for record in write_docs.with_parts(*TEMPLATES.values()):
        assert table_keys(section(text, record.__name__)) == list(record.__struct_fields__)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_that_is_documented_has_a_description(record):
    assert [field.name for field in fields(record) if not write_docs.description(field)] == []


# ------------------------------------------------------------------------------------------------------------ links


def anchors(text):
    """Return the ids that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def internal_links(text):
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))
    found = re.findall(r'\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"', prose)
    return [link for pair in found if (link := pair[0] or pair[1]) and not re.match(r"\w+:", link)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_link_between_documents_leads_somewhere(document):
    for link in internal_links(document.read_text("utf-8")):
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), f"{document.name} links to {link}"
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), f"{document.name} links to {link}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_file_of_the_repository_that_a_document_names_exists(document):
    named = re.findall(r"`((?:src|tests|tools|docs|benchmarks)/[\w./-]*\w)`", document.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE))
    texts = (file.read_text("utf-8") for file in DOCUMENTS)
    named = {name for text in texts for name in re.findall(r"(?:^    |`)make ([a-z]+)", text, re.MULTILINE)}
    assert {"site", "test"} <= named <= targets


# ----------------------------------------------------------------------------------------------------- architecture


BUILD = {path.name for path in (PACKAGE / "build").glob("*.py")} - {"__init__.py"}
SERVE = {path.name for path in (PACKAGE / "serve").glob("*.py")} - {"__init__.py"}


def code_names(text):
    return set(re.findall(r"`([\w/]+(?:\.py|/))`", text))


def stage_names():
    entries = [path for path in (PACKAGE / "stages").iterdir() if not path.name.startswith("__")]
    return {path.name if path.is_file() else f"{path.name}/" for path in entries}


def test_the_floors_name_every_module_and_stage_and_nothing_else():
    modules = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    expected = modules | stage_names() | BUILD | SERVE | {"build/", "cli/", "desk/", "serve/", "stages/", "theme/"}
    assert code_names(section(read("ARCHITECTURE.md"), "Floors")) == expected


def test_every_module_has_its_question_and_every_question_its_module():
    modules = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py", "__main__.py"}
    files = {f"stages/{name}" for name in stage_names() if name.endswith(".py")}
    files |= {f"build/{name}" for name in (*BUILD, "__init__.py")} | {f"serve/{name}" for name in SERVE}
    assert set(table_keys(section(read("ARCHITECTURE.md"), "What each module answers"))) == modules | files


def test_the_table_of_stages_names_each_stage_in_its_order():
    table = read("ARCHITECTURE.md").partition("\n## ")[0]
    named = re.findall(r"^\| \*\*(\w+)\*\*", table, re.MULTILINE)
    assert named == ["discover", "parse", "graph", "pictures", "plan", "compose", "render", "publish"]
    assert {name.removesuffix(".py").removesuffix("/") for name in stage_names()} == set(named)


# --------------------------------------------------------------------------------------------------------- examples


def test_the_first_article_of_the_readme_builds_as_it_stands_there(tmp_path, gazepress):
    text = section(read("README.md"), "A first article in two minutes")
    settings, first, commands = (block for _, block in FENCE.findall(text))
    second = "---\ntitle: Second\ndate: 2025-03-11\n---\n\n" + re.search(r"^    (Read more .+)$", text, re.MULTILINE)[1]
    write_site(tmp_path, {"site.yaml": settings, "content/articles/patrol-boats.md": first})
    for line in commands.splitlines():
        program, *arguments = line.split()
        assert program == "gazepress"
        assert gazepress(*arguments).returncode == 0
    assert "Muster Shipyard" in read_page(tmp_path, "2025/03/patrol-boats/")
    write_site(tmp_path, {"content/articles/second.md": second})
    assert gazepress("build").returncode == 0
    assert 'href="/2025/03/patrol-boats/"' in read_page(tmp_path, "2025/03/second/")
    write_site(tmp_path, {"content/articles/second.md": second.replace("Third", "Fourth")})
    broken = gazepress("build")
    assert broken.returncode == 1
    assert re.search(r"^content/articles/second\.md:6:\d+: reference-unknown: ", broken.stderr, re.MULTILINE)
    assert "did you mean “Muster Shipyard Begins Its Third Patrol Boat”" in broken.stderr


def test_the_examples_for_editors_build_as_one_site(tmp_path, gazepress):
    text = read("docs/writing.md")
    files = dict(FILE.findall(text))
    assert set(files) > {"content/pages/about.md", "content/authors/ada-sampleson.md"}
    fences = FENCE.findall(text)
    bodies = [block for language, block in fences if language == "markdown" and not block.startswith("---")]
    matters = [block for language, block in fences if language == "yaml"]
    matter = f"title: Sights\ndate: 2025-03-11 08:00\n{''.join(matters).replace('src: ', 'src: lens-works/')}"
    files |= {
        "site.yaml": "title: The Sample Courier\nurl: https://courier.example/\n",
        "content/articles/optics/sights.md": f"---\n{matter}---\n\n"
        + "\n".join(bodies).replace("[[sights]]", "[[works]]"),
        "content/articles/optics/works.md": "---\ntitle: Works\ndate: 2025-03-09\n---\n\nText.\n",
        "content/articles/optics/lens-works/furnace.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "content/articles/optics/ruling.pdf": "%PDF-1.4",
    }
    write_site(tmp_path, files)
    built = gazepress("build", "--strict", "--now", NOW)
    assert built.returncode == 0, built.stderr


def test_the_examples_of_settings_are_good_together(tmp_path, gazepress):
    fences = FENCE.findall(read("docs/settings.md") + read("docs/feeds.md"))
    settings = "".join(block for language, block in fences if language == "yaml")
    about = {"content/pages/about.md": "---\ntitle: About\n---\n\nText.\n"}
    one = article("One", "Das berichtet The Courier unter Berufung auf das Amt.", lang="de")
    write_site(tmp_path, {"site.yaml": settings, "content/articles/one.md": one, **about})
    built = gazepress("build", "--strict", "--now", NOW)
    assert built.returncode == 0, built.stderr
    assert "source-proposed" in built.stderr
    assert (tmp_path / "public/articles/2025/one/index.html").exists()


def test_the_examples_of_templates_draw(tmp_path, gazepress):
    deals = "[{buyer: Port of Specimen, what: two boats}]"
    files = dict(FILE.findall(read("docs/templates.md")))
    assert set(files) == {"templates/article.html", "templates/base.html"}
    one = {"content/articles/one.md": article("One", deals=deals), "static/courier.css": ""}
    write_site(tmp_path, {"site.yaml": SETTINGS, **one, **files})
    built = gazepress("build", "--strict", "--now", NOW)
    assert built.returncode == 0, built.stderr
    page = read_page(tmp_path, "2025/10/one/")
    assert "Port of Specimen buys two boats." in page
    assert 'href="/courier.css"' in page


def read_page(site, path):
    return (site / "public" / path / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "command",
    [
        *("build", "graph", "mv", "rm", "retitle", "correct", "publish"),
        *("init", "new", "schedule", "list", "stats", "related"),
    ],
)
def test_every_option_is_in_the_document_of_the_commands(command, gazepress):
    shown = gazepress(command, "--help").stdout
    options = set(re.findall(r"--[a-z]+", shown))
    assert len(options) > 3
    told = section(read("docs/commands.md"), f"gazepress {command}")
    assert {option for option in options if f"`{option}" not in told} <= {"--help"}


def test_every_exit_status_is_in_the_document_of_the_commands():
    from gazepress.cli import options

    told = re.findall(r"^\| (\d+) \|", section(read("docs/commands.md"), "Exit statuses"), re.MULTILINE)
    assert [int(status) for status in told] == [options.BUILT, options.FAILED, options.WRONG_USE, options.INTERRUPTED]

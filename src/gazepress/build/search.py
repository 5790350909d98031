"""How does Pagefind make a search index? The one place that knows it.

Pagefind (https://pagefind.app, MIT licence) is a program of its own; a browser searches the files that it writes
without any server. It gets one small page for each article.
"""

import json
import os
import subprocess
from collections.abc import Mapping
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from gazepress.build.index_files import ENTRY, in_order
from gazepress.diagnostics import Checked, problem
from gazepress.digest import digest_bytes
from gazepress.model import Findable, Index
from gazepress.settings import SETTINGS_FILE
from gazepress.urls import output_file

_PATIENCE = 600  # seconds; an index of 10,000 articles takes less than a minute
_SCRIPTS = ("pagefind.js", "pagefind-worker.js")
_DATA = (".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment", ".pagefind")  # the last one is its WebAssembly
_TOLD = 500  # characters of what Pagefind says


def make_index(index: Index) -> Checked[Mapping[str, bytes]]:
    """Return the files of a search index by their paths; equal articles give equal bytes.

    Error: ``search-failed``; then there are none.
    """
    try:
        import cbor2  # noqa: F401 - what its files are written in
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        program = str(get_executable())
    except (ImportError, OSError):
        return _failed("Pagefind, which makes the search index, is not installed", "pip install 'gazepress[search]'")
    with TemporaryDirectory(prefix="gazepress-search-") as folder:
        pages, made = Path(folder, "pages"), Path(folder, "index")
        pages.mkdir()
        for record in index.records:
            page = pages / f"{digest_bytes(record.url.encode())}.html"
            page.write_text(_page(record), "utf-8", errors="replace")
        options = ["--site", str(pages), "--output-path", str(made), "--force-language", index.language, "--quiet"]
        own = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
        try:
            run = subprocess.run(  # noqa: S603 - the program of the installed package, and options of ours
                [program, *options], cwd=folder, env=own, capture_output=True, timeout=_PATIENCE, check=False
            )
        except (OSError, subprocess.SubprocessError) as error:
            return _failed(f"Pagefind, which makes the search index, did not run: {error}")
        if run.returncode:
            said = (run.stdout + run.stderr).decode(errors="replace").strip()[-_TOLD:] or "it said nothing"
            return _failed(f"Pagefind, which makes the search index, stopped with status {run.returncode}: {said}")
        return _read(index, made)


def _page(record: Findable) -> str:
    """Return the page that Pagefind indexes: words that are found, and beside them what a result shows."""
    shown = {
        "title": record.title,  # its words are found, and weigh more than others
        "url": record.url,
        "date": record.date,
        "section": record.section,
        "authors": ", ".join(record.authors),
    }
    asked = [("section", record.section), *(("author", author) for author in record.authors)]
    # Pagefind leaves out a page without any word, which an article of one picture is.
    text = record.text if any(map(str.isalnum, record.text)) else f"{record.title} {record.url}"
    parts = [f'<p data-pagefind-meta="{name}">{escape(value)}</p>' for name, value in shown.items() if value]
    parts += (f'<p data-pagefind-filter="{name}">{escape(value)}</p>' for name, value in asked if value)
    return (
        f"<!doctype html><html><head><title>{escape(record.title)}</title></head><body>"
        f"<div data-pagefind-ignore>{''.join(parts)}</div><p>{escape(text)}</p></body></html>"
    )


def _read(index: Index, made: Path) -> Checked[Mapping[str, bytes]]:
    """Return what Pagefind has written, but for its own user interface."""
    folder = output_file(index.url).rpartition("/")[0]
    written = (file for file in made.rglob("*") if file.name in {*_SCRIPTS, ENTRY} or file.suffix in _DATA)
    try:
        files = in_order({file.relative_to(made).as_posix(): file.read_bytes() for file in written})
        count = sum(part["page_count"] for part in json.loads(files[ENTRY])["languages"].values())
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        return _failed(f"Pagefind left no index that can be read: {error}")
    if count != len(index.records):
        return _failed(f"Pagefind indexed {count} articles of {len(index.records)}")
    return Checked({f"{folder}/{path}": files[path] for path in sorted(files)})


def _failed(message: str, hint: str = "") -> Checked[Mapping[str, bytes]]:
    hint = f"{hint}{', or ' if hint else ''}set `search: off` in {SETTINGS_FILE}"
    return Checked({}, (problem("search-failed", message, path=SETTINGS_FILE, hint=hint),))

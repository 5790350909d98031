"""Real web servers on a site in which much has moved, set up as the documents tell."""

import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from gazepress.build import BuildOptions, build
from support import NOW, article, write_site

DOCUMENT = Path(__file__).parents[2] / "docs/addresses.md"
PATIENCE = 20


def lock(*lines):
    return "".join(f"{url} 2025-11-01T00:00:00Z {file} {name}\n" for url, file, name in lines)


FILES = {
    "site.yaml": """
title: The Gaze
url: https://gaze.example/news/
per_page: 1
pictures: {share: off}
redirects:
  formats: [nginx, caddy, apache]
  moved:
    /tags/ammo/: /tags/ammunition/
    /old.php: /2025/10/shells/#prices
    /away/: https://other.example/a?b=c
    /one/: /two/
    /two/: /about/
""",
    "content/articles/shells.md": article("Shells", "## Prices\n\nHigh.", tags="[ammunition]", aliases="[/before/]"),
    "content/articles/fuses.md": article("Fuses", tags="[ammunition]", slug="igniters"),
    "content/articles/tanks.md": article("Tanks", "", status="gone", gone="It was wrong.", aliases="[/old/tanks/]"),
    "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
    "urls.lock": lock(
        ("/shells.and$more(1)/{x}/", "content/articles/shells.md", "shells"),
        ("/снаряди/й%20ц%2B/", "content/articles/shells.md", "shells"),
        ("/2025/10/tanks/", "content/articles/tanks.md", "tanks"),
        ("/2025/fuses/", "content/articles/fuses.md", "fuses"),
        ("/let-go/", "content/articles/let-go.md", "let-go given-up"),
    ),
}


@pytest.fixture(scope="session")
def output(tmp_path_factory):
    """Build the site below the path at which it is served, and return the root of the server."""
    root = tmp_path_factory.mktemp("server")
    site = write_site(root / "site", FILES)
    result = build(BuildOptions(site=site, now=NOW, jobs=1, output=root / "www/news"))
    assert result.published is not None, result.diagnostics
    for folder in (root, *root.parents):  # servers give up the rights of root, and must still be able to read
        with suppress(PermissionError):
            folder.chmod(folder.stat().st_mode | 0o111)
    return root / "www"


@pytest.fixture(scope="session")
def serve(output, tmp_path_factory):
    """Return what runs a server of a kind: with it, addresses are asked for as a feed reader does."""

    @contextmanager
    def run(kind):
        program = shutil.which(PROGRAMS[kind])
        if program is None:
            reason = f"{PROGRAMS[kind]} is not installed; `make test` does it where it runs as root and apt is at hand"
            (pytest.fail if os.environ.get("GAZEPRESS_SERVERS") == "required" else pytest.skip)(reason)
        folder = tmp_path_factory.mktemp(kind)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        text = re.search(rf"```{KINDS[kind]}\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)[1]
        text = text.replace("/srv/news/public/.servers", f"{output}/news/.servers").replace(
            "/srv/news/public", str(output)
        )
        command = COMMANDS[kind](program, folder, port, text.replace("/404.html", "/news/404.html"))
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as server,
        ):
            try:
                wait_for(port, server, folder / "log")
                yield port
            finally:
                server.terminate()

    return run


def wait_for(port, server, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    pytest.fail(f"the server does not answer: {log.read_text('utf-8', 'replace')}")


def nginx(program, folder, port, text):
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = f"{user} daemon off; pid {folder}/pid; error_log stderr; worker_processes 1; events {{}}\n"
    configuration += (
        f"http {{ access_log off; types {{ text/html html; application/xml xml; }} {temporary}\n{text} }}\n"
    )
    (folder / "nginx.conf").write_text(configuration, "utf-8")
    return [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(program, folder, port, text):
    text = text.replace("news.example {", f"http://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{text}", "utf-8")
    return ["env", f"HOME={folder}", program, "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def apache(program, folder, port, text):
    modules = Path("/usr/lib/apache2/modules")
    loaded = [
        f"LoadModule {name}_module {modules}/mod_{name}.so" for name in ("mpm_event", "authz_core", "alias", "dir")
    ]
    head = [
        *loaded,
        f"Listen 127.0.0.1:{port}",
        f"PidFile {folder}/pid",
        "ServerName gaze.example",
        "ErrorLog /dev/stderr",
    ]
    rights = f"<Directory />\nRequire all granted\n</Directory>\nDefaultRuntimeDir {folder}\n"
    (folder / "apache.conf").write_text("\n".join([*head, rights, text]), "utf-8")
    return [program, "-X", "-d", str(folder), "-f", str(folder / "apache.conf")]


PROGRAMS = {"nginx": "nginx", "caddy": "caddy", "apache": "apache2"}
KINDS = {"nginx": "nginx", "caddy": "caddyfile", "apache": "apache"}
COMMANDS = {"nginx": nginx, "caddy": caddy, "apache": apache}

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

DOCUMENTS = Path(__file__).parents[2] / "docs"
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
    /About/: /about/
    /one/: /two/
    /two/: /about/
""",
    "content/articles/shells.md": article("Shells", "## Prices\n\nHigh.", tags="[ammunition]", aliases="[/before/]"),
    "content/articles/fuses.md": article("Fuses", tags="[ammunition]", slug="igniters", aliases="[/2025/10/Igniters/]"),
    "content/articles/tanks.md": article("Tanks", "", status="gone", gone="It was wrong.", aliases="[/old/tanks/]"),
    "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
    "urls.lock": lock(
        ("/shells.and$more(1)/{x}/", "content/articles/shells.md", "shells"),
        ("/снаряди/й%20ц%2B/", "content/articles/shells.md", "shells"),
        ("/2025/10/Shells/", "content/articles/shells.md", "shells"),
        ("/2025/10/tanks/", "content/articles/tanks.md", "tanks"),
        ("/2025/fuses/", "content/articles/fuses.md", "fuses"),
        ("/let-go/", "content/articles/let-go.md", "let-go given-up"),
    ),
}


PLAIN_FILES = {
    "site.yaml": """
title: The Gaze
url: https://news.example/
pictures: {share: off}
precompress: [gzip, brotli]
feeds: {hub: "https://hub.example/"}
redirects: {formats: [nginx, caddy, apache]}
""",
    "content/articles/ammo/shells.md": article("Shells", "## Prices\n\nHigh."),
    "static/own.tar.gz": b"\x1f\x8b\x08\0 of our own",
    "static/ship.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\n',
}


@pytest.fixture(scope="session")
def output(tmp_path_factory):
    """Build the site below the path at which it is served, and return the root of the server."""
    root = tmp_path_factory.mktemp("server")
    return built(root, FILES, root / "www/news").parent


@pytest.fixture(scope="session")
def plain_output(tmp_path_factory):
    """Build a site of which nothing has moved, and return its output folder."""
    root = tmp_path_factory.mktemp("plain")
    return built(root, PLAIN_FILES, root / "public")


def built(root, files, output):
    site = write_site(root / "site", files)
    result = build(BuildOptions(site=site, now=NOW, jobs=1, output=output))
    assert result.published is not None, result.diagnostics
    for folder in (root, *root.parents):  # servers give up the rights of root, and must still be able to read
        with suppress(PermissionError):
            folder.chmod(folder.stat().st_mode | 0o111)
    return output


@pytest.fixture(scope="session")
def serve(output, plain_output, tmp_path_factory):
    """Return what runs a server of a kind: with it, addresses are asked for as a feed reader does.

    It is set up as one of the documents tells: `addresses.md` for the site in which much has moved, else
    `deploying.md`. With ``nothing_moved`` the other site is served by the rules of the former.
    """

    @contextmanager
    def run(kind, document="addresses.md", *, nothing_moved=False):
        program = shutil.which(PROGRAMS[kind])
        if program is None:
            reason = f"{PROGRAMS[kind]} is not installed; `make test` does it where it runs as root and apt is at hand"
            (pytest.fail if os.environ.get("GAZEPRESS_SERVERS") == "required" else pytest.skip)(reason)
        folder = tmp_path_factory.mktemp(kind)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        text = re.search(rf"```{KINDS[kind]}\n(.*?)```", (DOCUMENTS / document).read_text("utf-8"), re.DOTALL)[1]
        if nothing_moved:
            text = text.replace("/srv/news/public", str(plain_output))
        elif document == "addresses.md":
            text = text.replace("/srv/news/public/.servers", f"{output}/news/.servers")
            text = text.replace("/srv/news/public", str(output)).replace("/404.html", "/news/404.html")
        else:
            text = text.replace("/srv/news/public", str(plain_output))
            text = re.sub("# (?=.*hub)", "", text)  # what is to be taken in with a hub
        command = COMMANDS[kind](program, folder, port, text)
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
    configuration += f"http {{ access_log off; include /etc/nginx/mime.types; {temporary}\n{text} }}\n"
    (folder / "nginx.conf").write_text(configuration, "utf-8")
    return [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(program, folder, port, text):
    text = text.replace("news.example {", f"http://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{text}", "utf-8")
    return ["env", f"HOME={folder}", program, "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def apache(program, folder, port, text):
    modules = Path("/usr/lib/apache2/modules")
    loaded = [f"LoadModule {name}_module {modules}/mod_{name}.so" for name in APACHE_MODULES]
    head = [
        *loaded,
        f"Listen 127.0.0.1:{port}",
        f"PidFile {folder}/pid",
        "ServerName gaze.example",
        "ErrorLog /dev/stderr",
        "TypesConfig /etc/mime.types",
    ]
    rights = f"<Directory />\nRequire all granted\n</Directory>\nDefaultRuntimeDir {folder}\n"
    (folder / "apache.conf").write_text("\n".join([*head, rights, text]), "utf-8")
    return [program, "-X", "-d", str(folder), "-f", str(folder / "apache.conf")]


APACHE_MODULES = ("mpm_event", "authz_core", "alias", "dir", "mime", "headers", "filter", "deflate", "rewrite")
PROGRAMS = {"nginx": "nginx", "caddy": "caddy", "apache": "apache2"}
KINDS = {"nginx": "nginx", "caddy": "caddyfile", "apache": "apache"}
COMMANDS = {"nginx": nginx, "caddy": caddy, "apache": apache}

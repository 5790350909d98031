"""What tests of the preview share: the command while it runs, and what it says."""

import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlsplit

import msgspec

from support import environment

PATIENCE = 60  # seconds; a machine that runs other tests as well may be slow


class Preview:
    """A preview that runs, with the lines that it has said."""

    def __init__(self, folder, *arguments, env=None):
        self.folder = folder
        self.lines = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gazepress", "serve", *(arguments or ("--port", "0"))],
            cwd=folder,
            env=environment(env),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        Thread(target=self._read, daemon=True).start()
        self.home = self.said(r"preview: (http://\S+/)\s")[1]
        self.said(r"built: ")

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line)

    def said(self, pattern, count=1):
        """Wait until ``count`` lines match; return the match of the last one."""
        found = wait_for(lambda: [match for line in self.lines if (match := re.search(pattern, line))][count - 1 :])
        return found[0]

    def builds(self):
        """Return how many builds it has told of."""
        return sum("built: " in line for line in self.lines)

    def settled(self):
        """Wait until no build has ended for a while; return how many there were."""
        count = -1
        while count != self.builds():
            count = self.builds()
            time.sleep(0.5)
        return count

    def get(self, path, method="GET", **headers):
        """Return status, headers and body of an answer."""
        connection = self._connection()
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def events(self, path="/", page="", style=""):
        """Yield what an open page is told."""
        connection = self._connection()
        connection.request("GET", f"/.gazepress/events?path={path}&page={page}&style={style}")
        for line in connection.getresponse():
            if line.startswith(b"data: "):
                yield msgspec.json.decode(line[6:])

    @property
    def port(self):
        """The port that it listens at."""
        return urlsplit(self.home).port

    def _connection(self):
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def end(self, how=signal.SIGINT):
        """End it as the keyboard does; return its status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        return self.process.poll()


@contextmanager
def previewed(folder, *arguments, env=None):
    """Run a preview of the site in a folder."""
    preview = Preview(folder, *arguments, env=env)
    try:
        yield preview
    finally:
        preview.end()
        preview.process.kill()
        preview.process.wait()
        preview.process.stdout.close()


def wait_for(look):
    """Return what ``look`` finds, once it finds something."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < end, f"waited in vain for {look}"
        time.sleep(0.02)
    return found

"""Does an address of another site still lead somewhere? One is asked at a time, without following it into its pages.

Redirects are followed; an address is asked by HEAD, and by GET where the answer to that is bad, since many servers
know no HEAD (RFC 9110, 9.3.2, allows none of that). Only addresses that anybody can reach are asked: a text must not
make the editor's computer knock at doors inside a private network.
"""

import ssl
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from socket import gaierror, socket
from threading import Thread
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from msgspec import Struct

from gazepress.desk.check.answers import Outcome, Reply


class Manners(Struct, frozen=True):
    """How to ask: seconds to wait for anything, for all of an answer, and between two questions to one host."""

    agent: str = "gazepress"
    patience: float = 10
    deadline: float = 25
    pause: float = 0.5
    anywhere: bool = False  # whether also in private networks


def ask(address: str, manners: Manners) -> Reply:
    """Return what comes of asking for an address, after ``manners.deadline`` seconds at the latest."""
    replies: SimpleQueue[Reply] = SimpleQueue()
    # A thread and no timeout of the socket, which begins anew with each byte; a name server knows no patience at all.
    Thread(target=lambda: replies.put(_ask(address, manners)), daemon=True).start()
    try:
        return replies.get(timeout=manners.deadline)
    except Empty:
        return Reply(Outcome.SILENT, said=f"no whole answer within {manners.deadline:g} seconds")


_GONE = (404, 410)
_BROKEN = (408, 425, 429, *range(500, 600))
_PERMANENT = (301, 308)
_MOST_REDIRECTS = 5


def _ask(address: str, manners: Manners) -> Reply:
    reply = _request("HEAD", address, manners)
    return _request("GET", address, manners) if reply.status in _GONE or reply.status in _BROKEN else reply


def _request(method: str, address: str, manners: Manners) -> Reply:
    redirects = _Redirects()
    headers = {"User-Agent": manners.agent, "Accept": "*/*"}
    try:
        request = _Question(address, headers=headers, method=method)
        with _opener(redirects, manners).open(request, timeout=manners.patience) as response:
            status, said = response.status, response.reason
    except HTTPError as error:
        status, said = error.code, str(error.reason)
        error.close()
    except URLError as error:
        return _failure(error.reason)
    except (OSError, HTTPException, ValueError) as error:
        return _failure(error)
    return _judge(status, said.strip()[:80], redirects.new_address)


def _judge(status: int, said: str, new_address: str) -> Reply:
    if status in _GONE:
        return Reply(Outcome.GONE, status, said)
    if status in _BROKEN:
        return Reply(Outcome.SILENT, status, said)
    moved = bool(new_address) and 200 <= status < 300  # noqa: PLR2004 - the class of answers that are good
    return Reply(Outcome.MOVED if moved else Outcome.FINE, status, said, new_address if moved else "")


def _failure(reason: object) -> Reply:
    match reason:
        case _PrivateError():
            return Reply(Outcome.PRIVATE, said=str(reason))
        case gaierror():
            return Reply(Outcome.SILENT, said="nobody knows its host")
        case ssl.SSLError():
            return Reply(Outcome.SILENT, said="its encryption cannot be trusted")
        case TimeoutError():
            return Reply(Outcome.SILENT, said="it takes too long")
        case OSError(strerror=str(words)):
            return Reply(Outcome.SILENT, said=words.lower())
        case _:
            return Reply(Outcome.SILENT, said="what it says is no HTTP")


class _PrivateError(OSError):
    """The address leads into a network that readers cannot reach."""


def _refuse_private(connection: socket) -> None:
    host = connection.getpeername()[0].partition("%")[0]
    if not ip_address(host).is_global:
        connection.close()
        raise _PrivateError(f"its host is {host}")


class _Question(Request):
    """A request that knows whether it goes by a proxy, which then is who decides whom to reach."""

    is_proxied = False

    def set_proxy(self, host: str, type: str) -> None:  # noqa: A002 - the library's own signature
        super().set_proxy(host, type)
        self.is_proxied = True


class _PublicConnection(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _refuse_private(self.sock)


class _PublicTlsConnection(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _refuse_private(self.sock)


class _PublicHandler(HTTPHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(HTTPConnection if getattr(req, "is_proxied", False) else _PublicConnection, req)


class _PublicTlsHandler(HTTPSHandler):
    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(HTTPSConnection if getattr(req, "is_proxied", False) else _PublicTlsConnection, req)


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects and remembers where they lead, as long as each of them is for good."""

    max_redirections = _MOST_REDIRECTS
    max_repeats = 2

    def __init__(self) -> None:
        self.new_address = ""
        self._are_permanent = True

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        self._are_permanent = self._are_permanent and code in _PERMANENT
        self.new_address = newurl if self._are_permanent else ""
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request is None:
            return None
        return _Question(request.full_url, headers=request.headers, method=req.get_method())


def _opener(redirects: _Redirects, manners: Manners) -> OpenerDirector:
    """Return what opens addresses of HTTP and of nothing else."""
    doors = (HTTPHandler(), HTTPSHandler()) if manners.anywhere else (_PublicHandler(), _PublicTlsHandler())
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        *doors,
        HTTPDefaultErrorHandler(),
        redirects,
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener

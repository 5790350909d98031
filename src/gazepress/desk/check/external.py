"""Do the links to other sites still lead somewhere? These are asked seldom, one host at a time, while nobody waits.

What was answered is remembered with its date, and asked anew after days: sooner where something was wrong. The site is
not locked meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from time import sleep
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from gazepress import __version__
from gazepress.build import BuildOptions, visit
from gazepress.build.log import Progress
from gazepress.build.newsroom import Visit
from gazepress.desk.check.answers import Answer, Outcome, Reply
from gazepress.desk.check.asking import Manners, ask
from gazepress.desk.check.finding import Finding
from gazepress.desk.check.levels import Ignored, ignored_codes, weigh
from gazepress.desk.check.outside import Outside, find_outside
from gazepress.desk.check.rule import AnswerRule, Hit
from gazepress.desk.check.rules import RULES, link_silent
from gazepress.diagnostics import sort_key
from gazepress.settings import CheckSettings

_KNOWN = "links-outside"  # name of the record
_HOSTS_AT_ONCE = 8
_TOO_MANY = 429  # the host wants to be left alone (RFC 6585, 4)
_AGAIN = {
    Outcome.FINE: timedelta(days=30),
    Outcome.MOVED: timedelta(days=30),
    Outcome.PRIVATE: timedelta(days=30),
    Outcome.GONE: timedelta(days=7),
    Outcome.SILENT: timedelta(days=1),
}

_MANNERS = Manners()
_RULES = tuple(rule for rule in RULES if isinstance(rule, AnswerRule))
_OFFLINE = link_silent.RULE.finding(Hit("no other site answers", hint="is this computer connected? nothing was noted"))

Answers = dict[str, Answer]  # by address


def check_links(
    options: BuildOptions, progress: Progress = lambda *_: None, manners: Manners = _MANNERS
) -> tuple[Finding, ...]:
    """Return what is wrong with the links of a site to other ones, in the order of their places.

    ``manners.agent`` becomes the name of gazepress and the address of the site. Raises WrongUseError when the folder is
    no site or ``now`` is no time.
    """
    survey = visit(options, _survey).value
    if survey is None:
        return ()
    manners = replace(manners, agent=f"gazepress/{__version__} (checks links of {survey.site_url})")
    addresses = sorted({link.address for link in survey.links})
    known = {address: survey.known[address] for address in addresses if address in survey.known}
    due = [address for address in addresses if address not in known or _is_due(known[address], survey.as_of)]
    fresh: Answers = {}
    try:
        for address, reply in _ask_all(due, manners):
            fresh[address] = _answer(address, reply, survey.as_of, known.get(address))
            progress("links", len(fresh), len(due))
    finally:  # also when the editor has waited long enough
        if not _is_offline(fresh):
            known |= fresh
            visit(options, lambda site: site.store.save(_KNOWN, known))
    answered = [(link, known[link.address]) for link in survey.links if link.address in known]
    found = [finding for link, answer in answered for finding in _findings(link, answer)]
    if _is_offline(fresh):
        found.append(_OFFLINE)
    return weigh(sorted(found, key=sort_key), survey.checks, survey.ignored)


class _Survey(Struct, frozen=True):
    """What a site's links are, and what is known of them."""

    site_url: str
    as_of: datetime
    checks: CheckSettings
    links: tuple[Outside, ...]
    known: Answers
    ignored: Ignored


def _survey(site: Visit) -> _Survey:
    newsroom = site.read().value
    return _Survey(
        site.settings.url,
        site.as_of,
        site.settings.checks,
        tuple(find_outside(newsroom)),
        site.store.load(_KNOWN, Answers) or {},
        ignored_codes(newsroom.library.documents()),
    )


def _is_due(answer: Answer, now: datetime) -> bool:
    return now - answer.asked >= _AGAIN[answer.reply.outcome]


def _answer(address: str, reply: Reply, now: datetime, before: Answer | None) -> Answer:
    is_the_same = before is not None and before.reply.outcome is reply.outcome
    return Answer(address, reply, now, before.since if before is not None and is_the_same else now)


def _is_offline(answers: Answers) -> bool:
    """Tell whether nobody at all has answered, of several hosts: then it is probably our own network."""
    hosts = {urlsplit(address).netloc for address in answers}
    replies = [answer.reply for answer in answers.values()]
    return len(hosts) > 1 and all(reply.outcome is Outcome.SILENT and not reply.status for reply in replies)


def _findings(link: Outside, answer: Answer) -> Iterator[Finding]:
    for rule in _RULES:
        yield from (rule.finding(replace(hit, place=link.place, path=link.path)) for hit in rule.look(answer))


def _ask_all(addresses: Sequence[str], manners: Manners) -> Iterator[tuple[str, Reply]]:
    """Yield replies as they come. Several hosts are asked at once, each of them one question after the other."""
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc.lower()].append(address)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    for group in by_host.values():
        waiting.put(group)
    replies: SimpleQueue[tuple[str, Reply] | None] = SimpleQueue()

    def work() -> None:
        with suppress(Empty):
            while True:
                for reply in _ask_host(waiting.get_nowait(), manners):
                    replies.put(reply)
        replies.put(None)

    working = min(_HOSTS_AT_ONCE, len(by_host))
    for _ in range(working):
        Thread(target=work, daemon=True).start()
    while working:
        reply = replies.get()
        if reply is None:
            working -= 1
        else:
            yield reply


def _ask_host(addresses: Sequence[str], manners: Manners) -> Iterator[tuple[str, Reply]]:
    """Yield what one host replies, until it says that it is asked too much."""
    for number, address in enumerate(addresses):
        if number:
            sleep(manners.pause)
        reply = ask(address, manners)
        yield address, reply
        if reply.status == _TOO_MANY:
            return

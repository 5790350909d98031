"""Whatever becomes of articles: no feed reader sees one of them twice, and every address that was public answers."""

import html
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazepress.build import BuildOptions, build
from support import article, write_site

COUNT = 3
PERMALINKS = ["/{year}/{month}/{slug}/", "/{section}/{slug}/", "/news/{slug}/", "/{year}-{month}-{day}/{slug}/"]
DOMAINS = ["https://gaze.example/", "https://gaze.example/en/", "https://other.example/"]
FOLDERS = ["policy", "drones"]


class Newsroom:
    """A few articles, each a file that is renamed and moved; their settings; and what was ever public."""

    def __init__(self, folder):
        self.folder = folder
        self.permalink, self.domain = PERMALINKS[0], DOMAINS[0]
        self.places = [[FOLDERS[0], f"r{number}", ()] for number in range(COUNT)]
        self.renames = 0
        self.was_at, self.public = [], set()

    def change_permalink(self, choice):
        self.permalink = PERMALINKS[choice % len(PERMALINKS)]

    def change_domain(self, choice):
        self.domain = DOMAINS[choice % len(DOMAINS)]

    def move(self, choice):
        self.places[choice % COUNT][0] = FOLDERS[choice % len(FOLDERS)]

    def rename_with_alias(self, choice):
        """Rename a file as editors do by hand: the address that it has had goes into its aliases."""
        self.renames += 1
        place = self.places[choice % COUNT]
        place[2] = (*place[2], self.was_at[choice % COUNT])
        place[1] = f"renamed-{self.renames}"

    def rename_with_slug(self, choice):
        """Give the file another name, and the article the slug that it has had."""
        self.renames += 1
        place = self.places[choice % COUNT]
        place[1] = f"{place[1].partition('~')[0]}~{self.renames}"

    def address(self, place):
        slug = place[1].partition("~")[0]
        return self.permalink.format(section=place[0], year="2025", month="10", day="27", slug=slug)

    def build(self):
        settings = f"title: The Gaze\nurl: {self.domain}\npermalink: {self.permalink!r}\npictures: {{share: off}}\n"
        files = {"site.yaml": settings}
        for old in self.folder.glob("content/**/*.md"):
            old.unlink()
        for number, place in enumerate(self.places):
            slug, _, is_file = place[1].partition("~")
            matter = {"slug": slug} if is_file else {}
            if place[2]:
                matter["aliases"] = f"[{', '.join(place[2])}]"
            files[f"content/articles/{place[0]}/{place[1].replace('~', '-')}.md"] = article(f"R {number}", **matter)
        write_site(self.folder, files)
        now = datetime.now(UTC).isoformat()
        result = build(BuildOptions(site=self.folder, now=now, jobs=1, record=True))
        assert result.published is not None, result.diagnostics
        self.was_at = [self.address(place) for place in self.places]
        self.public |= set(self.was_at)

    def ids(self):
        feed = (self.folder / "public/feed.xml").read_text("utf-8")
        items = re.findall(r"<item>.*?<title>(.*?)</title>.*?<guid[^>]*>(.*?)</guid>", feed, re.DOTALL)
        return {title: html.unescape(guid) for title, guid in items}


CHANGES = [
    Newsroom.change_permalink,
    Newsroom.change_domain,
    Newsroom.move,
    Newsroom.rename_with_alias,
    Newsroom.rename_with_slug,
]
changes = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 11)), min_size=1, max_size=3)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(builds=st.lists(changes, min_size=1, max_size=4))
def test_ids_stay_and_every_old_address_answers(builds):
    with tempfile.TemporaryDirectory() as folder:
        room = Newsroom(Path(folder))
        room.build()
        first = room.ids()
        assert len(set(first.values())) == COUNT
        for steps in builds:
            for change, choice in steps:
                change(room, choice)
            room.build()
            assert room.ids() == first
            for address in room.public:
                page = (room.folder / f"public{address}index.html").read_text("utf-8")
                here = address in room.was_at
                assert ('http-equiv="refresh"' in page) != here
                if not here:
                    (target,) = re.findall('http-equiv="refresh" content="0; url=([^"]*)"', page)
                    assert target.removeprefix(room.domain.rstrip("/")) in room.was_at

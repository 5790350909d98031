"""What must hold after any renaming: the site builds, every reference and address leads on, all other bytes stay."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.changing import change, edges, names_in_feeds, pages, published, sources
from support import write_site

SITE = "title: The Gaze\nurl: https://gaze.example/\npermalink: /{section}/{year}/{slug}/\n"
TITLES = st.sampled_from(
    [
        "Steel",
        "Steel: the *long* way",
        "“Glass” & co.",
        "C# and [brackets]",
        "Пан і сталь",
        "100% of it",
        "a_b_c | d",
        "steel",
    ]
)
NAMES = st.sampled_from(["steel", "glass-2", "Сталь", "a b", "c(1)", "x%20y", "steel-and-glass"])
FOLDERS = st.sampled_from(["", "industry/", "industry/2025/", "пол/"])
# How one article names another: by path, title or slug, in each form that a text knows.
FORMS = (
    "Inline [words]({path}) and [more](<{path}> 'title').",
    "Wiki [[{slug}]] and [[{slug}|words]].",
    "Wiki [[{wiki}]].",
    "Read more: {plain}",
    "Read more:\n\n- [words]({path})\n- [[{slug}]]",
    "A [label][one].\n\n[one]: {path} (t)",
    "> quoted [words]({path})\n> and [[{slug}]]",
    "| a |\n|---|\n| [in a table]({path}) |",
    "Site [path](/{url}) *and* `[no](link.md)`.",
)


@st.composite
def newsrooms(draw):
    """Return the files of a site whose articles name each other, and the paths and slugs of the articles."""
    from urllib.parse import quote

    from gazepress.urls import slugify

    places = draw(st.lists(st.tuples(FOLDERS, NAMES), min_size=2, max_size=4, unique_by=lambda one: slugify(one[1])))
    paths = [f"content/articles/{folder}{name}.md" for folder, name in places]
    titles = draw(st.lists(TITLES, min_size=len(paths), max_size=len(paths), unique_by=str.casefold))
    files = {"site.yaml": SITE}
    for at, path in enumerate(paths):
        eol = draw(st.sampled_from(["\n", "\r\n"]))
        matter = [
            "# kept",
            f"title:  '{titles[at]}' # said so",
            f"date: 2025-1{at % 3}-0{at + 1}",
            "extra: {kept:   yes}",
        ]
        blocks = ["Kept  words with\ta tab, é.", "## Kept"]
        for form in draw(st.lists(st.sampled_from(FORMS), max_size=4)):
            to = draw(st.sampled_from(range(len(paths))))
            if to == at:
                continue
            slug = slugify(places[to][1])
            section = slugify(next((one for one in places[to][0].split("/") if one and not one.isdigit()), ""))
            url = f"{section}/2025/{slug}/".lstrip("/")
            path_to = quote("../" * places[at][0].count("/") + places[to][0] + places[to][1] + ".md")
            plain = titles[to].replace("*", "\\*").replace("[", "\\[").replace("_", "\\_")
            wiki = titles[to] if "|" not in titles[to] else slug
            blocks.append(form.format(path=path_to, slug=slug, wiki=wiki, plain=plain, url=url))
            if draw(st.booleans()) and not any(line.startswith("related") for line in matter):
                matter.append(f"related:   ['{titles[to]}']" if draw(st.booleans()) else f"related:\n  - {slug}  # too")
        files[path] = eol.join("\n".join(["---", *matter, "---", "", "\n\n".join(blocks), ""]).split("\n"))
    return files, paths, titles


def follow(links, old, new):
    """Return where references are to lead once ``new`` stands for ``old``; what would lead to itself is gone."""
    wanted = {path: [new if target == old else target for target in targets] for path, targets in links.items()}
    moved = wanted.pop(old)
    if new in wanted:
        wanted[new] = [target for target in links[new] if target not in (old, new)]
    return {new: moved} | wanted


@given(newsroom=newsrooms(), data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_after_any_change_all_leads_where_it_led(newsroom, data):
    files, paths, titles = newsroom
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with TemporaryDirectory(dir=memory) as folder:
        site = write_site(Path(folder), files)
        before = published(site)
        links, feeds, old = edges(site), names_in_feeds(before), sources(site)
        article = new = data.draw(st.sampled_from(paths))
        match data.draw(st.sampled_from(["retitle", "mv", "mv", "rm", "correct"])):
            case "retitle":
                title = data.draw(TITLES.filter(lambda one: one not in titles))
                assert change(site, "retitle", article, title) == 0
            case "mv":
                new = f"content/articles/{data.draw(FOLDERS)}{data.draw(NAMES)}-new.md"
                assert change(site, "mv", article, new) == 0
            case "rm":
                new = data.draw(st.sampled_from([path for path in paths if path != article]))
                assert change(site, "rm", article, "--redirect", new) == 0
            case "correct":
                assert change(site, "correct", article, "--text", data.draw(TITLES)) == 0
        after, now = published(site), sources(site)
        wanted = follow(links, article, new)
        if article not in now and new in old:  # a path of the site that led to the other one leads to itself now
            assert [one for one in edges(site)[new] if one != new] == wanted[new]
            wanted[new] = edges(site)[new]
        assert edges(site) == wanted
        assert pages(before) <= pages(after)
        assert names_in_feeds(after) <= feeds
        assert len(names_in_feeds(after)) == len(wanted)
        for path, text in old.items():
            place = new if path == article else path
            if path == article and new != article and new in old:
                continue  # it was removed
            kept = [line for line in text.splitlines(keepends=True) if b"kept" in line or b"Kept" in line]
            assert [line for line in now[place].splitlines(keepends=True) if line in kept] == kept
            if article not in links.get(path, ()) and path not in (article, new, "site.yaml"):
                assert now[path] == text

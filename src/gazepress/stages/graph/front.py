"""What editors have chosen for the front page, in front matter or ``content/_front.yaml``, as far as it still holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from gazepress.documents import Document
from gazepress.matter import FrontMatter, Layout
from gazepress.model import Article, Front, Slot, Target, Term, ToArticle


def find_front(
    articles: Mapping[str, Article],
    sections: Mapping[str, Term],
    layout: Document | None,
    targets: Sequence[Target | None],
    as_of: datetime,
) -> Front:
    """Return what is chosen at ``as_of``. ``targets`` are what the references of the layout lead to, in their order.

    The lead that the layout names comes before those of front matter; of these, the heaviest, then the newest leads.
    """
    now = as_of.timestamp()
    chosen = [article for article in articles.values() if _is_chosen(article.matter) and _holds(article.matter, now)]
    chosen.sort(key=lambda article: -article.matter.weight)  # of one weight, the newest stays first
    leads = [article for article in chosen if article.matter.lead]
    section_leads: dict[str, str] = {}
    for article in leads:
        if article.section in sections:
            section_leads.setdefault(article.section, article.id)
    laid_out, slots = _laid_out(layout, targets, articles)
    return Front(
        lead=laid_out or next((article.id for article in leads), ""),
        weighty=tuple(article.id for article in chosen if article.matter.weight),
        slots=slots,
        section_leads=section_leads,
    )


def ends(articles: Mapping[str, Article]) -> Iterator[datetime | None]:
    """Return the moments at which articles cease to lead, or lose their weight."""
    return (article.matter.until for article in articles.values() if article.matter.until is not None)


def _is_chosen(matter: FrontMatter) -> bool:
    return matter.lead or matter.weight > 0


def _holds(matter: FrontMatter, now: float) -> bool:
    return matter.until is None or matter.until.timestamp() > now


def _laid_out(
    layout: Document | None, targets: Sequence[Target | None], articles: Mapping[str, Article]
) -> tuple[str, tuple[Slot, ...]]:
    """Return the lead and the slots of a layout; what leads nowhere is left out."""
    if layout is None or not isinstance(layout.matter, Layout):
        return "", ()
    found = iter(targets)
    lead = "".join(_articles([next(found)], articles)) if layout.matter.lead else ""
    groups = ((slot.title, [next(found) for _ in slot.articles]) for slot in layout.matter.slots)
    return lead, tuple(Slot(title, _articles(group, articles)) for title, group in groups)


def _articles(targets: Iterable[Target | None], articles: Mapping[str, Article]) -> tuple[str, ...]:
    found = (target.id for target in targets if isinstance(target, ToArticle))
    return tuple(dict.fromkeys(one for one in found if one in articles))

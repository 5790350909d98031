"""How does an article go? So that nobody who comes for it finds nothing."""

from gazepress.desk.addresses import was_public
from gazepress.desk.draft import Draft, Outlook
from gazepress.desk.edits import ChangeError
from gazepress.desk.rename import settle
from gazepress.desk.respell import Renames
from gazepress.desk.yaml_edits import set_key
from gazepress.diagnostics import problem
from gazepress.matter import Status, one_line


def remove(draft: Draft, article: str, instead: str = "") -> Outlook:
    """Remove an article. Where ``instead`` names another, that one answers at its addresses and is referred to.

    References to an article that nothing takes the place of become mere words. Raises ChangeError for one that was
    published and has no substitute.
    """
    if article not in draft.before.graph.articles:
        hint = "take out the links to it, and delete the file"
        raise ChangeError(problem("edit-refused", "only articles are removed by this command", path=article, hint=hint))
    if instead == article:
        raise ChangeError(problem("wrong-value", "an article cannot lead to itself", path=article))
    if not instead and was_public(draft, article):
        hint = "say what readers are to find in its place: another article, or a retraction"
        raise ChangeError(problem("edit-refused", "this article was published", path=article, hint=hint))
    draft.removes.add(article)
    return settle(draft, Renames(replaced={article: instead}))


def take_down(draft: Draft, article: str, text: str) -> Outlook:
    """Leave nothing of a published article but a page that says why it was taken down. Raises ChangeError."""
    words = one_line(text)
    if not words:
        raise ChangeError(problem("wrong-value", "say why it was taken down", path=article))
    draft.edit(article, set_key, "status", Status.GONE.value, after="date")
    draft.edit(article, set_key, "gone", words, after="status")
    return settle(draft, Renames())

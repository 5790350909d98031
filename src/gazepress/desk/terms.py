"""Which section, tag or author of the site do these words mean."""

from collections.abc import Mapping
from difflib import get_close_matches

from gazepress.build import WrongUseError
from gazepress.folding import fold
from gazepress.model import Author, Term
from gazepress.stages.graph.texts import shorten


def find_term(what: str, written: str, terms: Mapping[str, Term | Author]) -> str:
    """Return the slug of the term that is meant, by its slug or by its name. ``what`` says what kind of term it is.

    Raises WrongUseError, with the likeliest ones, where the site has none.
    """
    if written in terms:
        return written
    for slug, term in terms.items():
        if fold(term.name if isinstance(term, Author) else term.label) == fold(written):
            return slug
    near = get_close_matches(written.casefold(), terms, n=3, cutoff=0.5)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise WrongUseError(f"there is no {what} {shorten(written)!r}{hint}")

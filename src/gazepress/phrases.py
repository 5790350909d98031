"""The set phrases that a publication knows: read-more lines, earlier coverage, attributions."""

from typing import Annotated

from msgspec import Meta, Struct


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """The publication's set phrases in one language. ``{publication}`` stands for its name."""

    read_more: Annotated[tuple[str, ...], Meta(description="Labels before the colon of a read-more line.")] = ()
    earlier: Annotated[tuple[str, ...], Meta(description="How a sentence points to earlier coverage.")] = ()
    attribution: Annotated[
        tuple[str, ...], Meta(description="How a source is named; `{source}` stands where its name is.")
    ] = ()


ENGLISH = Phrases(
    read_more=("Read more on {publication}", "Read also on {publication}", "Read more", "Read also", "See also"),
    earlier=(
        "As {publication} reported earlier",
        "As {publication} previously reported",
        "As {publication} has reported",
        "{publication} reported earlier",
        "{publication} previously reported",
    ),
    attribution=(
        "{publication} reports this, referring to {source}",
        "{publication} reports this, citing {source}",
        "{publication} reports, referring to {source}",
        "{publication} reports, citing {source}",
        "This is reported by {publication}, referring to {source}",
    ),
)
UKRAINIAN = Phrases(
    read_more=("Читайте більше на {publication}", "Читайте також на {publication}", "Читайте також", "Читайте більше"),
    earlier=("Як раніше повідомляв {publication}", "Як раніше писав {publication}", "Раніше {publication} повідомляв"),
    attribution=("Про це повідомляє {publication} з посиланням на {source}",),
)
BUILT_IN_PHRASES = {"en": ENGLISH, "uk": UKRAINIAN}

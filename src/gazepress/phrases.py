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
FRENCH = Phrases(
    read_more=(
        "À lire aussi sur {publication}",
        "À lire aussi dans {publication}",
        "Lire aussi sur {publication}",
        "À lire aussi",
        "Lire aussi",
        "Voir aussi",
    ),
    earlier=(
        "Comme {publication} l’a déjà rapporté",
        "Comme l’a déjà rapporté {publication}",
        "Comme {publication} l’avait rapporté",
        "{publication} a déjà rapporté",
    ),
    attribution=(
        "{publication} rapporte cette information en citant {source}",
        "C’est ce que rapporte {publication} en citant {source}",
    ),
)
GERMAN = Phrases(
    read_more=(
        "Mehr dazu bei {publication}",
        "Lesen Sie auch bei {publication}",
        "Mehr zum Thema",
        "Lesen Sie auch",
        "Siehe auch",
    ),
    earlier=(
        "Wie {publication} bereits berichtete",
        "Wie {publication} bereits berichtet hat",
        "Wie {publication} früher berichtete",
        "{publication} berichtete bereits",
    ),
    attribution=(
        "Das berichtet {publication} unter Berufung auf {source}",
        "{publication} berichtet dies unter Berufung auf {source}",
    ),
)
POLISH = Phrases(
    read_more=(
        "Czytaj więcej w {publication}",
        "Czytaj także w {publication}",
        "Czytaj więcej",
        "Czytaj także",
        "Czytaj też",
        "Zobacz także",
    ),
    earlier=(
        "Jak wcześniej informował {publication}",
        "Jak wcześniej informowała {publication}",
        "Jak wcześniej pisał {publication}",
        "Jak wcześniej pisała {publication}",
    ),
    attribution=(
        "{publication} informuje o tym, powołując się na {source}",
        "Informuje o tym {publication}, powołując się na {source}",
    ),
)
BUILT_IN_PHRASES = {"en": ENGLISH, "uk": UKRAINIAN, "fr": FRENCH, "de": GERMAN, "pl": POLISH}

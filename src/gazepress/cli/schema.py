"""The command ``gazepress schema``."""

import click

from gazepress.cli.options import BUILT


@click.command("schema")
@click.argument("name", type=click.Choice(["front-matter", "page", "author", "front", "site"]), metavar="NAME")
def command(*, name: str) -> int:
    """Write the JSON Schema of what YAML may say, for editors that check it while you write.

    NAME is front-matter (of an article), page, author, front (content/_front.yaml) or site (site.yaml).
    """
    import json

    from gazepress.desk.schema import schema

    click.echo(json.dumps(schema(name), ensure_ascii=False, indent=2))
    return BUILT

"""The command ``gazepress lsp``."""

from pathlib import Path

import click

from gazepress.cli.options import BUILT, clock


@click.command("lsp")
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The site's folder, which holds site.yaml. Default: the one that the editor has open.",
)
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it always does.")
def command(*, site: Path | None, stdio: bool) -> int:  # noqa: ARG001 - editors give --stdio, and there is no other way
    """Help an editor with the texts of a site: the editor starts this, and speaks the language server protocol.

    docs/editors.md shows how to set it up in VS Code, Neovim, Helix, Emacs and Zed.
    """
    from gazepress.build import BuildOptions

    try:
        from gazepress.desk.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        raise click.UsageError("the language server needs more: pip install 'gazepress[lsp]'") from error

    def options(place: Path) -> BuildOptions:
        return BuildOptions(site=place, now=clock(), jobs=1, drafts=True)

    serve(options, site)
    return BUILT

"""The command ``gazepress completion``."""

import click
from click.shell_completion import get_completion_class

from gazepress.cli.options import BUILT


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(*, shell: str) -> int:
    """Print the script that lets a shell complete commands, options and names of the site.

    \b
    bash: gazepress completion bash > ~/.local/share/bash-completion/completions/gazepress
    zsh:  gazepress completion zsh > ~/.zfunc/_gazepress   (a folder of $fpath)
    fish: gazepress completion fish > ~/.config/fish/completions/gazepress.fish
    """  # noqa: D301 - click's mark for lines that stay as they are
    root = click.get_current_context().find_root()
    completion = get_completion_class(shell)
    assert completion is not None
    assert root.info_name is not None
    click.echo(completion(root.command, {}, root.info_name, "_GAZEPRESS_COMPLETE").source())
    return BUILT

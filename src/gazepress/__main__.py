"""``python -m gazepress`` is the command ``gazepress``."""

from gazepress.cli import run

run()

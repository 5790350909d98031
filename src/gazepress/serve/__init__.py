"""The preview: a site as it is being written, in a browser that follows each save."""

from gazepress.serve.preview import Events, PreviewOptions, preview
from gazepress.serve.server import is_local

__all__ = ["Events", "PreviewOptions", "is_local", "preview"]

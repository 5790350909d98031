"""What may a page of the site load, run and be shown in? Its Content-Security-Policy (CSP level 3)."""

from gazepress.embeds import PLAYERS


def content_policy(*, players: bool, search: bool, in_page: bool) -> str:
    """Return the policy of pages: nothing but the site's own files, and no script or style inside a page.

    ``players``: whether videos play in the page; ``search``: whether the page may run WebAssembly, which searching
    needs. A policy that stands ``in_page`` cannot say who may frame it; browsers take that from a server only.
    """
    script = "script-src 'self' 'wasm-unsafe-eval'" if search else "script-src 'self'"
    rules = ["default-src 'self'", "style-src 'self'", script, "img-src 'self' data:", "font-src 'self'"]
    if players:
        rules.append(f"frame-src {' '.join(PLAYERS)}")
    if not in_page:
        rules.append("frame-ancestors 'self'")
    return "; ".join([*rules, "base-uri 'none'", "object-src 'none'", "form-action 'self'"])

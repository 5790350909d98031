"""How does the static API describe itself? As OpenAPI 3.1, made of the records that its documents are written from."""

import json
from typing import Any

import msgspec

from gazepress.partner_views import Articles, Directory, Root

API = "/api/v1/"
"""Below this site path lies the API. Whatever would break a program that reads it needs another number."""

PER_PAGE = 100
"""Articles on a full page of a list."""

_VERSION = "1.0.0"
_SLUG = {"sections": "section", "tags": "tag", "authors": "author", "storylines": "storyline"}


def describe_api(title: str, server: str) -> str:
    """Return the OpenAPI description of the API of the site ``title``, whose full address is ``server``."""
    records = (Root, Articles, Directory)
    refs, components = msgspec.json.schema_components(records, ref_template="#/components/schemas/{name}")
    root, articles, directory = refs
    paths: dict[str, Any] = {
        f"{API}index.json": _get("Where the API begins.", root),
        f"{API}articles.json": _get("The newest articles of the site.", articles),
        f"{API}articles/{{page}}.json": _get("Older articles, counted from the oldest.", articles, page=True),
    }
    for kind, one in _SLUG.items():
        paths |= {
            f"{API}{kind}.json": _get(f"All {kind}.", directory),
            f"{API}{kind}/{{slug}}.json": _get(f"The newest articles of one {one}.", articles, slug=one),
            f"{API}{kind}/{{slug}}/{{page}}.json": _get(f"Older articles of one {one}.", articles, slug=one, page=True),
        }
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": _VERSION,
            "description": "Published articles as static JSON. What is empty is left out.",
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": components},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _get(summary: str, schema: dict[str, Any], *, slug: str = "", page: bool = False) -> dict[str, Any]:
    parameters = []
    if slug:
        parameters.append(_parameter("slug", "string", f"The name of the {slug} in addresses."))
    if page:
        parameters.append(_parameter("page", "integer", "1 has the oldest articles; follow `older` from the newest."))
    answer = {"description": summary, "content": {"application/json": {"schema": schema}}}
    missing = {"description": "There is none."}
    responses = {"200": answer, "404": missing} if parameters else {"200": answer}
    return {"get": {"summary": summary, **({"parameters": parameters} if parameters else {}), "responses": responses}}


def _parameter(name: str, kind: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": {"type": kind}}

"""Runs Lighthouse, which judges a page as a phone on a slow line meets it."""

import json
import os
import statistics
import subprocess
from typing import Any

from audit import places
from audit.chrome import FLAGS

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3


def scores(url: str) -> tuple[dict[str, int], list[str]]:
    """Return the median score of each category, 0 to 100, and the checks that took something off in the last run."""
    reports = [_report(url) for _ in range(RUNS)]
    found = {
        category: round(100 * statistics.median(report["categories"][category]["score"] or 0 for report in reports))
        for category in CATEGORIES
    }
    return found, [_told(audit) for audit in reports[-1]["audits"].values() if _counts(audit, reports[-1])]


def _report(url: str) -> dict[str, Any]:
    flags = f"--headless=new {FLAGS}" + (" --no-sandbox" if os.getuid() == 0 else "")
    run = subprocess.run(
        [
            *("node", places.LIGHTHOUSE, url, "--quiet", "--output=json", "--output-path=stdout"),
            *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"),
        ],
        env={**os.environ, "CHROME_PATH": places.chromium() or ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    if run.returncode:
        raise SystemExit(f"Lighthouse could not judge {url}:\n{run.stderr}")
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def _counts(audit: dict[str, Any], report: dict[str, Any]) -> bool:
    weights = {one["id"]: one["weight"] for category in report["categories"].values() for one in category["auditRefs"]}
    return bool(weights.get(audit["id"])) and audit["score"] is not None and audit["score"] < 0.9


def _told(audit: dict[str, Any]) -> str:
    return f"{audit['id']}: {audit.get('displayValue') or audit['title']}"

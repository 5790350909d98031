"""Knows where the browser and the programs are that look at pages."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = ROOT / ".venv/browser/node_modules"
AXE = MODULES / "axe-core/axe.min.js"
LIGHTHOUSE = MODULES / "lighthouse/cli/index.js"
HTML_CHECKER = ROOT / ".venv/html-checker/node_modules/vnu-jar/build/dist/vnu.jar"


def chromium() -> str | None:
    """Return the path of Chromium, if it is on this machine."""
    return os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")


def missing() -> str | None:
    """Say what browser tests would need and do not find here, or return ``None``."""
    if not chromium():
        return "Chromium is not installed; on Debian: apt install chromium"
    if not AXE.exists():
        return "axe-core is not installed; `make browser` does it where npm is at hand"
    return None

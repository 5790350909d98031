# `make site` builds the sample publication, `make test` runs the tests. Both install what they need into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Tests run the command some thousand times; where its compiled code may not be kept, most of that would be compiling.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := site
.PHONY: site test soak lint format docs lock html-checker browser servers feed-reader audit bench bench-large clean

site: $(VENV)/.installed
	$(BIN)/gazepress build
	@echo
	@echo "The site is in public/. To look at it:"
	@echo "  $(BIN)/python -m http.server --directory public --bind 127.0.0.1 8000"
	@echo "then open http://127.0.0.1:8000/"

test: $(VENV)/.dev-installed html-checker browser servers feed-reader
	$(BIN)/python -m pytest -n auto --dist worksteal -q

# Hours of edits, kills and damage, where the tests try minutes of them; for more or less: make soak TIMES=2000
TIMES := 500
soak: $(VENV)/.dev-installed
	GAZEPRESS_SOAK=$(TIMES) $(BIN)/python -m pytest -n auto -q \
		tests/laws/test_incremental.py tests/laws/test_killed.py tests/laws/test_cache_damage.py

lint: $(VENV)/.dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev-installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Writes the reference tables of the documents from the records and modules that they describe.
docs: $(VENV)/.dev-installed
	$(BIN)/python tools/write_docs.py

# The Nu HTML checker is a Java program from npm; where either is missing, the test that uses it says that it is skipped.
html-checker: $(VENV)/.made
	@if [ ! -d $(VENV)/html-checker/node_modules ] && command -v npm >/dev/null && command -v java >/dev/null; then \
		npm install --silent --no-audit --no-fund --prefix $(VENV)/html-checker vnu-jar@26.9.27 >/dev/null || true; fi

# What tests/browser/ need besides Python: Chromium, where apt is at hand and we are root, and axe-core, where npm is.
# Where they cannot be had, those tests say that they are skipped; with GAZEPRESS_BROWSER=required they fail.
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o Acquire::http::Timeout=60
browser: $(VENV)/.made
	@if ! { command -v chromium && [ -d /usr/share/fonts/truetype/liberation ]; } >/dev/null && \
		command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then echo "installing Chromium for the browser tests"; \
		($(APT) update && $(APT) install -y --no-install-recommends chromium fonts-dejavu-core \
			fonts-liberation) >/dev/null 2>&1 || true; fi
	@if [ ! -d $(VENV)/browser/node_modules/axe-core ] && command -v npm >/dev/null; then \
		npm install --silent --no-audit --no-fund --prefix $(VENV)/browser axe-core@4.14.1 >/dev/null || true; fi

# What tests/servers/ need: web servers, where apt is at hand and we are root. Where they are missing, those tests say that
# they are skipped; with GAZEPRESS_SERVERS=required they fail.
servers:
	@if ! { command -v nginx && command -v caddy && command -v apache2; } >/dev/null && command -v apt-get >/dev/null && \
		[ "$$(id -u)" = 0 ]; then echo "installing web servers for the tests of redirects"; \
		($(APT) update && $(APT) install -y --no-install-recommends nginx-light caddy apache2-bin) >/dev/null 2>&1 || true; fi

# A feed reader's parser and the schema of sitemaps, from npm; where they are missing, the tests that use them say that
# they are skipped.
feed-reader: $(VENV)/.made
	@if [ ! -d $(VENV)/feeds/node_modules/sitemap ] && command -v npm >/dev/null; then \
		npm install --silent --no-audit --no-fund --prefix $(VENV)/feeds rss-parser@3.13.0 sitemap@9.0.1 >/dev/null || true; fi

# Measures the built sample against the targets for pages: rules of accessibility, HTML, Lighthouse, weight.
audit: $(VENV)/.dev-installed html-checker browser
	@if [ ! -d $(VENV)/browser/node_modules/lighthouse ]; then \
		npm install --silent --no-audit --no-fund --prefix $(VENV)/browser lighthouse@12.2.3 >/dev/null; fi
	PYTHONPATH=tools $(BIN)/python -m audit

# Writes the versions of the development tools anew, after requirements-dev.in or pyproject.toml has changed.
lock: $(VENV)/.dev-installed
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --no-header --no-annotate --no-emit-index-url --upgrade \
		--output-file requirements-dev.txt requirements-dev.in pyproject.toml

# Compares builds with Hugo and Pelican and writes benchmarks/results.*; for other sizes: make bench SIZES="500 2000"
SIZES := 1000 10000
bench: $(VENV)/.installed
	$(BIN)/python benchmarks/run.py $(SIZES) --save

# Adds 100,000 articles to the results. Hugo, which builds everything each time, builds only clean here.
bench-large: $(VENV)/.installed
	$(BIN)/python benchmarks/run.py 100000 --rounds 2 --generators gazepress hugo --clean-only hugo --save \
		--scenario clean --scenario "nothing changed" --scenario "one body edit"

clean:
	rm -rf $(VENV) public .gazepress

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "gazepress needs Python 3.11 or newer as '$(PYTHON)'; name another with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[search]"
	@touch $@

$(VENV)/.dev-installed: $(VENV)/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

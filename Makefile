# Two commands start everything: `make run` and `make test`. Each command sets up what it needs first.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv/bin
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: run test lint format bench attack exe smoke translations train-segmenter train-classifier retrain-classifier finetune-segmenter train-image-level evaluate numbers study setup setup-development hooks clean

setup:
	@$(PYTHON) build/setup_env.py

setup-development:
	@$(PYTHON) build/setup_env.py study development

run: setup
	@$(VENV)/rbc-desktop $(ARGS)

test: setup-development
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest $(ARGS)

lint: setup-development
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/typos

# The same checks before each commit.
hooks: setup-development
	$(VENV)/pre-commit install

format: setup-development
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

# The offline folder dist/rbc-desktop and its archive; ARGS=--no-archive leaves the archive out. See docs/packaging.md.
exe:
	@$(PYTHON) build/setup_env.py exe
	$(VENV)/python build/make_exe.py $(ARGS)

# Try the folder as a technician's computer would: no network, no Python, read-only. Needs `make exe` before.
smoke:
	@$(PYTHON) build/setup_env.py smoke
	$(VENV)/python build/smoke_frozen.py $(ARGS)

bench: setup-development
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m tests.benchmarks.bench $(ARGS)
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest -q tests/benchmarks

# Kills, full disks, moved and hostile files, for minutes; ARGS="--tries 1000 KIND". A small part of it is in `make test`.
attack: setup
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m tests.attack.runner $(ARGS)

train-segmenter: setup
	$(VENV)/python -m training.segmenter $(ARGS)

train-classifier: setup
	$(VENV)/python -m training.classifier $(ARGS)

# On a laboratory's own cells: ARGS="SET [SET …] --out FOLDER". See docs/bring-your-own.md.
retrain-classifier: setup
	$(VENV)/python -m training.lab.retraining $(ARGS)

finetune-segmenter: setup
	$(VENV)/python -m training.lab.finetuning $(ARGS)

# On a laboratory's labelled fields: ARGS="FOLDER --out FOLDER".
train-image-level: setup
	$(VENV)/python -m training.lab.image_level_training $(ARGS)

evaluate: setup
	$(VENV)/python -m training.segmenter.evaluation $(ARGS)
	$(VENV)/python -m training.segmenter.truths $(if $(TRUTHS),$(TRUTHS))

# Compare the numbers in documents with docs/measured.json; ARGS=--write mends the documents.
numbers: setup
	$(VENV)/python build/quoted_numbers.py $(ARGS)

# Bring Qt Linguist's catalogues up to date with the sources and compile them.
translations: setup-development
	$(VENV)/python build/translations.py

# The study on AneRBC with every model, on a composed set; FULL=1 at full length. See docs/study.md.
study:
	@$(PYTHON) build/setup_env.py study
	$(VENV)/python -m training.study $(if $(FULL),--full) $(ARGS)

clean:
	rm -rf .venv .pyi dist .pytest_cache .mypy_cache .ruff_cache

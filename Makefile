# 两条常用命令：make console（在终端里用），make test（跑全部测试）。
# Only Python 3.11+, make and the package registries are needed; everything else is installed here.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt

.PHONY: console web test lint bench conformance crash-test fuzz tools diagram lock senses

console: .venv/run.stamp
	@$(BIN)/shenbao console $(ARGS)

web: .venv/web.stamp
	@$(BIN)/shenbao web $(ARGS)

test: .venv/test.stamp tools
	$(BIN)/pytest -n 3 $(ARGS)

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/test.stamp
	$(BIN)/python -m tests.benchmarks

crash-test: .venv/test.stamp
	$(BIN)/python -m tests.crash

fuzz: .venv/test.stamp
	$(BIN)/python -m tests.fuzz $(ARGS)

conformance: .venv/test.stamp
	$(BIN)/python -m tests.conformance.run

# what a deployment installs, with the hash of every file; anew after constraints.txt has changed
lock: .venv/bin/python
	@$(PYTHON) -m venv .venv/lock && .venv/lock/bin/python -m pip install -qq pip-tools
	.venv/lock/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra server --extra web \
	  --build-deps-for wheel --constraint constraints.txt \
	  --output-file bot/channels/telegram/deploy/requirements.lock pyproject.toml

# learns what short words do when they are said to somebody, from the examples in dialogs/understanding/senses
senses: .venv/test.stamp
	$(BIN)/python -m tests.train_senses

diagram: .venv/test.stamp
	$(BIN)/python -m tests.write_diagram

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本，可用 make PYTHON=python3.12 指定。"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run.stamp: pyproject.toml constraints.txt | .venv/bin/python
	@echo "第一次运行，正在安装所需的组件……"
	@$(INSTALL) --editable .
	@touch $@

.venv/web.stamp: pyproject.toml constraints.txt | .venv/bin/python
	@echo "正在安装申报页面所需的组件……"
	@$(INSTALL) --editable '.[web]'
	@touch $@ .venv/run.stamp

.venv/test.stamp: pyproject.toml constraints.txt | .venv/bin/python
	@echo "正在安装测试所需的组件……"
	@$(INSTALL) --editable '.[test]'
	@touch $@ .venv/run.stamp .venv/web.stamp

# LibreOffice, poppler, a Chinese font and Chromium: what the tests need to look at pages. Where they cannot be
# installed (no root, no apt), the tests that need them say so and are skipped.
tools:
	@command -v soffice >/dev/null && command -v pdftoppm >/dev/null && command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "正在安装 LibreOffice、poppler、中文字体和 Chromium（测试要看页面图像）……"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      libreoffice-writer-nogui poppler-utils fonts-noto-cjk chromium >/dev/null; \
	  else echo "没有 LibreOffice 或 Chromium，看页面图像的测试会跳过。"; fi; }

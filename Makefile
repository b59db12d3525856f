# Which artifact is made from which, and the developer's targets. What each stage is told stands in
# pipeline.json; what it means stands in the programs. `make help` lists every target.

override SHELL := tools/shell
override .SHELLFLAGS := -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

ifeq ($(wildcard tools/shell),)
$(error Error 64: run make in the folder of the clone, or with --directory=FOLDER)
endif
# An assignment that an environment wins shows that it would win all of them.
PATH := $(PATH)
ifeq ($(origin PATH),environment override)
$(error Error 64: with --environment-overrides (-e) an environment decides what is made: leave it out, also in MAKEFLAGS)
endif

# Only the command line says what a variable is: no environment does, nor MAKEFLAGS in one. Its text is
# taken as it stands, so that no `$` in it is expanded, and reaches no program under its own name.
said := $(shell tools/variables said $$PPID)
is_said = $(and $(filter command,$(firstword $(origin $1))),$(filter $1 unknown,$(said)))
variable = $(eval variables += $1)$(eval override $1 := $(if $(is_said),$$(value $1),$2))
variables :=
MAKEOVERRIDES :=

$(call variable,DATASET,demo)
$(call variable,VERSION,0.1.0)
$(call variable,PIPELINE,pipeline.json)
$(call variable,STORE,datasets)
$(call variable,WORK,build)
$(call variable,EPOCHS,3)
$(call variable,IMPORT)
$(call variable,FORMAT)
$(call variable,REJECTS)
$(call variable,LIVE)
$(call variable,VANTAGE)
$(call variable,GEOIP)
$(call variable,THREADS)
$(call variable,FILE)
$(call variable,URL)
$(call variable,CONFIRM)
$(call variable,PREVIOUS)

# They are checked before any recipe runs; the number is the exit code of sysexits.h. What may be any text
# (a path, a URL) is pasted into no rule and no command: recipes read it from their environment.
define line_end


endef
quoted = '$(subst ','\'',$1)'
$(foreach name,$(variables),$(if $(findstring $(line_end),$($(name))),$(error Error 64: $(name) holds a line end)))
refusal := $(shell tools/variables check $(foreach name,$(variables),$(call quoted,$(name)=$($(name)))) || echo '70: tools/variables failed')
$(if $(refusal),$(error Error $(refusal)))
export OBSERVATORY_IMPORT := $(IMPORT)
export OBSERVATORY_REJECTS := $(REJECTS)
export OBSERVATORY_GEOIP := $(GEOIP)
export OBSERVATORY_FILE := $(FILE)
export OBSERVATORY_URL := $(URL)
export OBSERVATORY_PREVIOUS := $(PREVIOUS)

DATA := $(STORE)/$(DATASET)
RAW := $(DATA)/raw
NORMALIZED := $(DATA)/normalized
FEATURES := $(DATA)/features
CLUSTERS := $(DATA)/clusters
SCORES := $(DATA)/scores
PUBLISHED := $(DATA)/published/$(VERSION)
SIMNET := $(DATA)/simnet
PARAMETERS := $(WORK)/parameters/$(DATASET)
BIN := .build/release

STAGES := collect normalize featurize cluster score publish
PROGRAMS := $(STAGES) simnet

series := $(RAW)/series.json
normalized := $(NORMALIZED)/normalize.manifest.json
features := $(FEATURES)/featurize.manifest.json
clusters := $(CLUSTERS)/cluster.manifest.json
scores := $(SCORES)/score.manifest.json
published := $(PUBLISHED)/publish.manifest.json
# A released version is never made again, and never removed but by distclean.
released := $(wildcard $(PUBLISHED)/RELEASED)
unreleased = $(filter-out $(dir $(wildcard $(DATA)/published/*/RELEASED)),$(wildcard $(DATA)/published/*/))
finished := $(WORK)/finished/$(DATASET)/$(VERSION)

# The databases of a dataset are kept with it, so that a later run derives the same bytes.
list_databases = $(shell tools/databases list $(DATA) $(call quoted,$(GEOIP)) || echo 'refused 70: tools/databases failed')
databases := $(list_databases)
$(if $(filter refused,$(firstword $(databases))),$(error Error $(wordlist 2,$(words $(databases)),$(databases))))
geoip := $(patsubst stale:%,%,$(databases))
# A simulated network leaves its own when it is scanned, after this file was read.
geoip_now = $(patsubst stale:%,%,$(list_databases))

common = --parameters $(PARAMETERS)/$1.json $(if $(THREADS),--threads $(THREADS))
work_done :=
worked = $(eval work_done := yes)

##@ The pipeline

.PHONY: all
all: $(finished) ## Everything: the dataset (default: demo, simulated) end to end
	@echo "$(if $(work_done),,nothing to do; )report at $(PUBLISHED)/index.html, data in $(PUBLISHED)/data"

.PHONY: collect normalize featurize cluster score publish
collect: $(series) ## Take the scans of DATASET, or import them; never repeats a scan
normalize: $(normalized) ## Bring normalized/ of DATASET up to date: facts without judgement
featurize: $(features) ## Bring features/ up to date: what is compared, and what is missing
cluster: $(clusters) ## Bring clusters/ up to date: behaviour classes, likely operators
score: $(scores) ## Bring scores/ up to date: indicators, deviation, concentration
publish: $(published) ## Bring published/VERSION up to date: data package and report

# A crawl is evidence, kept for ever: no newer program or parameter takes it again (order-only).
# All of PIPELINE is checked before it starts. How it is taken: IMPORT, LIVE, a scenario of that name, or it is there already.
how := $(or $(if $(IMPORT),import),$(if $(LIVE),live),$(if $(wildcard datasets/scenarios/$(DATASET).json),simulated),\
  $(if $(wildcard $(series)),kept,missing))
epochs :=
scan := $(BIN)/collect scan --output $(RAW) $(call common,collect) $(if $(VANTAGE),--vantage $(VANTAGE))
collect.live = $(scan) --live
collect.import = $(BIN)/collect import "$$OBSERVATORY_IMPORT" --output $(RAW) $(if $(FORMAT),--format $(FORMAT)) \
  $(if $(REJECTS),--rejects "$$OBSERVATORY_REJECTS") $(call common,collect)
collect.simulated = tools/alone simulated-network $(BIN)/simnet run --scenario datasets/scenarios/$(DATASET).json \
	--directory $(SIMNET) --epochs $(epochs) -- $(scan) --simulated-network {}
collect.missing :=
collect.kept = @echo >&2 'Say how to take one more scan of $(DATASET): IMPORT=PATH or LIVE=1.'; exit 64

needed.import :=
needed.live :=
needed.kept :=
needed.simulated := $(BIN)/simnet
needed.missing := missing-evidence
needed := $(needed.$(how)) $(STAGES:%=$(PARAMETERS)/%.json) $(BIN)/collect

$(series): epochs = $(EPOCHS)
$(series): | $(needed)
	$(worked)$(collect.$(how))

.PHONY: scan
scan: epochs = 1
scan: $(needed) ## Take one more scan for DATASET (LIVE=1 or IMPORT=PATH as for `make`)
	$(collect.$(how))

.PHONY: missing-evidence
missing-evidence:
	@echo >&2 'Dataset $(DATASET) has no raw evidence, and no scenario has its name. Import a scan with IMPORT=PATH,'
	@echo >&2 'or measure the public network with LIVE=1 (see Measurement-Ethics first).'
	@exit 66

$(normalized): $(series) $(PARAMETERS)/normalize.json $(BIN)/normalize $(geoip)
	$(worked)$(BIN)/normalize --raw $(RAW) --output $(@D) $(geoip_now:%=--geoip %) $(call common,normalize)

$(features): $(normalized) $(PARAMETERS)/featurize.json $(BIN)/featurize
	$(worked)$(BIN)/featurize --normalized $(NORMALIZED) --output $(@D) $(call common,featurize)

$(clusters): $(normalized) $(features) $(PARAMETERS)/cluster.json $(BIN)/cluster
	$(worked)$(BIN)/cluster --normalized $(NORMALIZED) --features $(FEATURES) --output $(@D) $(call common,cluster)

score_references := $(addprefix datasets/reference/,bootstrap.json exposure.json error-texts.json events.json)
$(scores): $(normalized) $(features) $(clusters) $(PARAMETERS)/score.json \
  $(score_references) $(BIN)/score
	$(worked)$(BIN)/score --normalized $(NORMALIZED) --features $(FEATURES) --clusters $(CLUSTERS) \
	  --output $(@D) $(call common,score)

# What the publication was compared with is noted once it is compared, so that another is noticed.
compared := $(WORK)/previous/$(DATASET)/$(VERSION)
compared := $(if $(PREVIOUS)$(wildcard $(compared)),$(compared))
$(compared): always
	@mkdir -p $(@D) && { printf '%s' "$$OBSERVATORY_PREVIOUS" | cmp --quiet - $@ || printf '%s' "$$OBSERVATORY_PREVIOUS" >$@; }

ifeq ($(released),)
$(published): $(series) $(normalized) $(features) $(clusters) $(scores) $(PARAMETERS)/publish.json $(compared) $(BIN)/publish
	$(worked)$(BIN)/publish --raw $(RAW) --normalized $(NORMALIZED) --features $(FEATURES) --clusters $(CLUSTERS) \
	  --scores $(SCORES) --output $(@D) --dataset-name $(DATASET) \
	  $(if $(PREVIOUS),--previous "$$OBSERVATORY_PREVIOUS") $(call common,publish)
else
$(published): ; @echo >&2 '$(PUBLISHED) is released, and no manifest is in it: another copy has it whole.'; exit 65
endif

.PHONY: release
release: $(published) ## Mark VERSION of DATASET as released once it keeps the rule of versions; it stays as it is
	@tools/release $(DATA)/published $(VERSION)

$(finished): $(published)
	@mkdir -p $(@D) && touch $@

# Each stage's own object of pipeline.json; the program leaves the file alone when it is unchanged.
$(STAGES:%=$(PARAMETERS)/%.json): $(PARAMETERS)/%.json: $(PIPELINE) $(BIN)/%
	@mkdir -p $(@D)
	@$(BIN)/$* --extract-parameters $(PIPELINE) --to $@

# Whether a copy is stale is known by now: the name of its source may hold what no rule can.
$(patsubst stale:%,%,$(filter stale:%,$(databases))): always
	tools/databases keep "$$OBSERVATORY_GEOIP" $@
always: ;

.PHONY: verify
verify: $(PROGRAMS:%=$(BIN)/%) ## Derive every stage of DATASET again from its raw artifacts; compare every digest
	@tools/verify $(STORE) $(DATASET) $(VERSION) $(PIPELINE) $(THREADS)

.PHONY: geoip
geoip: ## Where to get a GeoIP database, on which terms; FILE=PATH or URL=HTTPS checks and keeps one
	@tools/geoip --store $(STORE)/geoip \
	  $(if $(FILE),--file "$$OBSERVATORY_FILE") $(if $(URL),--url "$$OBSERVATORY_URL")

##@ Building and checking

.PHONY: setup
setup: ## Install the system libraries that are missing (apt, with sudo when not root)
	@tools/setup build

.PHONY: build
build: $(BIN)/programs.stamp ## Build the programs (release)

# Two runs of Make in one clone build, and simulate, one after the other: simulated networks listen on the
# same addresses. Only a changed program is newer afterwards, so only its stage is redone.
$(BIN)/programs.stamp: export OBSERVATORY_PROGRAMS_ONLY := 1
$(BIN)/programs.stamp: Package.swift $(shell find Sources -not -path '*.docc*')
	@tools/announce $(how)
	@tools/alone build tools/setup build
	tools/alone build swift build -c release --explicit-target-dependency-import-check error
	@touch $@
$(PROGRAMS:%=$(BIN)/%): $(BIN)/programs.stamp ; @test -x $@

.PHONY: test
test: build .venv/ready .venv-cff/ready .venv-notebooks/ready ## Swift tests, and beside them the outside judges (pytest)
	@tools/test

# The judges' packages are pinned and, once here, need no network. Whether they are as required is asked
# of what was installed: the times of files do not tell it.
.venv/ready: Tests/InteropTests/python/requirements.txt always
	@tools/setup test
	@tools/alone venv tools/setup-judges $< $@

# Judges that cannot share packages with the others.
.venv-cff/ready: Tests/InteropTests/python/requirements-cff.txt tools/setup
	@tools/setup test
	tools/alone venv tools/setup-judges $< $@

.venv-notebooks/ready: datasets/notebooks/requirements.txt tools/setup
	@tools/setup test
	tools/alone venv-notebooks tools/setup-judges $< $@

.venv-er/ready: Tests/InteropTests/python/requirements-er.txt tools/setup
	@tools/setup test
	tools/alone venv-er tools/setup-judges $< $@

.PHONY: soak
soak: build .venv/ready .venv-cff/ready .venv-notebooks/ready .venv-er/ready ## Repetitions that `make test` holds one of each of: kills, full sweeps (about 20 min)
	@OBSERVATORY_SOAK=1 tools/test --debug -m soak

.PHONY: evaluate
evaluate: build .venv/ready ## What the conclusions are worth: figures over many simulated networks, by their truth
	.venv/bin/pytest -n 2 -s -m evaluate Tests/InteropTests/python

.PHONY: check
check: lint build docs-check test ## Everything a change must pass: lint, build, documentation, tests

.PHONY: lint
lint: ## Check the format of every Swift file, strictly
	swift format lint --strict --parallel --recursive Package.swift Sources Tests

.PHONY: format
format: ## Format every Swift file in place
	swift format --in-place --parallel --recursive Package.swift Sources Tests

.PHONY: docs-check
docs-check: build ## Check links, articles and the generated help blocks of the documentation
	@tools/check-docs

.PHONY: docs
docs: ## Write the help blocks of the documentation again
	RECORD_GOLDEN=1 swift test --filter HelpBlockTests

.PHONY: bench
bench: build ## Measure artifacts, scans, stages and the simulator against named peers, as ratios
	@Tests/Benchmarks/run

##@ The reader's tools

.PHONY: notebooks
notebooks: .venv-notebooks/ready $(finished) ## Open the notebooks on the package of DATASET in JupyterLab
	OBSERVATORY_PACKAGE=$(abspath $(PUBLISHED)) .venv-notebooks/bin/jupyter lab datasets/notebooks

##@ Cleaning

.PHONY: clean
clean: ## Remove all that is derived in DATASET, and what Make noted of it in WORK; raw evidence stays
	rm -rf -- $(derived)
	@rmdir --ignore-fail-on-non-empty -- $(wildcard $(DATA)/published $(WORK)/parameters $(WORK)/finished $(WORK)/previous) 2>/dev/null || true

derived = $(NORMALIZED) $(FEATURES) $(CLUSTERS) $(SCORES) $(unreleased) $(PARAMETERS) $(WORK)/finished/$(DATASET) \
  $(WORK)/previous/$(DATASET)

.PHONY: distclean
distclean: ## Remove raw evidence of DATASET too, and the clone's .build and .venv* (asks for CONFIRM=1)
	$(if $(CONFIRM),rm -rf -- $(derived) $(DATA) .build .venv .venv-cff .venv-bench .venv-notebooks .venv-er,$(unconfirmed))

unconfirmed = @echo >&2 'This deletes the raw evidence in $(DATA). Say CONFIRM=1 to do it.'; exit 64

.PHONY: help
help: ## This list
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile
	@echo; echo "Variables: DATASET=$(DATASET) VERSION=$(VERSION) PIPELINE=$(PIPELINE) EPOCHS=$(EPOCHS)"; \
	echo "  IMPORT=PATH [FORMAT=NAME]  import a scan (original, jsonl, servers, history) instead of taking one"; \
	echo "  REJECTS=FILE               import the rows that can be read; the others go there, each with its reason"; \
	echo "  LIVE=1                     measure the public network"; \
	echo "  VANTAGE=NAME               one of the vantage points in pipeline.json"; \
	echo "  GEOIP=FILE                 MaxMind-format database, .mmdb or .mmdb.gz (several: quote them)"; \
	echo "  PREVIOUS=FOLDER            package of the release before: what is otherwise is published, too"; \
	echo "  THREADS=N                  threads a stage; results do not depend on it"

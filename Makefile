# Which artifact is made from which, and the developer's targets. What each stage is told stands in
# pipeline.json; what it means stands in the programs. `make help` lists every target.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

DATASET ?= demo
VERSION ?= 0.1.0
PIPELINE ?= pipeline.json
STORE ?= datasets
WORK ?= build
EPOCHS ?= 3
IMPORT ?=
FORMAT ?=
LIVE ?=
VANTAGE ?=
GEOIP ?=
THREADS ?=

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
finished := $(WORK)/finished/$(DATASET)-$(VERSION)

# The databases of a dataset are kept with it, so that a later run derives the same bytes.
geoip_copy = $(DATA)/geoip/$(patsubst %.gz,%,$(notdir $1))
geoip_kept = $(sort $(shell find -L $(DATA)/geoip $(SIMNET) -name '*.mmdb' 2>/dev/null))
geoip = $(if $(GEOIP),$(foreach file,$(GEOIP),$(call geoip_copy,$(file))),$(geoip_kept))

common = --parameters $(PARAMETERS)/$1.json $(if $(THREADS),--threads $(THREADS))
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
scan := $(BIN)/collect scan --output $(RAW) $(call common,collect) $(if $(VANTAGE),--vantage '$(VANTAGE)')
collect.live = $(scan) --live
collect.import = $(BIN)/collect import '$(IMPORT)' --output $(RAW) $(if $(FORMAT),--format $(FORMAT)) $(call common,collect)
collect.simulated = $(BIN)/simnet run --scenario datasets/scenarios/$(DATASET).json \
	--directory $(SIMNET) --epochs $(epochs) -- $(scan) --simulated-network {}
collect.kept = @echo >&2 'Say how to take one more scan of $(DATASET): IMPORT=PATH or LIVE=1.'; exit 64

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
	$(worked)$(BIN)/normalize --raw $(RAW) --output $(@D) $(geoip:%=--geoip %) $(call common,normalize)

$(features): $(normalized) $(PARAMETERS)/featurize.json $(BIN)/featurize
	$(worked)$(BIN)/featurize --normalized $(NORMALIZED) --output $(@D) $(call common,featurize)

$(clusters): $(normalized) $(features) $(PARAMETERS)/cluster.json $(BIN)/cluster
	$(worked)$(BIN)/cluster --normalized $(NORMALIZED) --features $(FEATURES) --output $(@D) $(call common,cluster)

$(scores): $(normalized) $(features) $(clusters) $(PARAMETERS)/score.json $(BIN)/score
	$(worked)$(BIN)/score --normalized $(NORMALIZED) --features $(FEATURES) --clusters $(CLUSTERS) \
	  --output $(@D) $(call common,score)

$(published): $(series) $(normalized) $(features) $(clusters) $(scores) $(PARAMETERS)/publish.json $(BIN)/publish
	$(worked)$(BIN)/publish --raw $(RAW) --normalized $(NORMALIZED) --features $(FEATURES) --clusters $(CLUSTERS) \
	  --scores $(SCORES) --output $(@D) --dataset-name $(DATASET) $(call common,publish)

$(finished): $(published)
	@mkdir -p $(@D) && touch $@

# Each stage's own object of pipeline.json; the program leaves the file alone when it is unchanged.
$(STAGES:%=$(PARAMETERS)/%.json): $(PARAMETERS)/%.json: $(PIPELINE) $(BIN)/%
	@mkdir -p $(@D)
	@$(BIN)/$* --extract-parameters $(PIPELINE) --to $@

define keep_geoip
$(call geoip_copy,$1): $1
	mkdir -p $$(@D) && zcat -f '$1' > $$@.part && mv $$@.part $$@
endef
$(foreach file,$(GEOIP),$(eval $(call keep_geoip,$(file))))

.PHONY: verify
verify: $(PROGRAMS:%=$(BIN)/%) ## Derive every stage of DATASET again from its raw artifacts; compare every digest
	@tools/verify $(STORE) $(DATASET) $(VERSION)

# FILE and URL count only on the command line: an environment may hold a variable of such a name.
given = $(if $(filter command,$(firstword $(origin $1))),--$2 '$($1)')
.PHONY: geoip
geoip: ## Where to get a GeoIP database, on which terms; FILE=PATH or URL=HTTPS checks and keeps one
	@tools/geoip --store $(STORE)/geoip $(call given,FILE,file) $(call given,URL,url)

##@ Building and checking

.PHONY: setup
setup: ## Install the system libraries that are missing (apt, with sudo when not root)
	@tools/setup build

.PHONY: build
build: $(BIN)/programs.stamp ## Build the programs (release)

# Only a changed program is newer afterwards, so only its stage is redone.
$(BIN)/programs.stamp: Package.swift $(shell find Sources -not -path '*.docc*')
	@tools/setup build
	swift build -c release --explicit-target-dependency-import-check error
	@touch $@
$(PROGRAMS:%=$(BIN)/%): $(BIN)/programs.stamp ; @test -x $@

.PHONY: test
test: build .venv/ready ## Swift tests, then the outside judges (pytest)
	swift test --explicit-target-dependency-import-check error
	.venv/bin/pytest -n 2 Tests/InteropTests/python

# The judges' packages are pinned and, once here, need no network.
.venv/ready: Tests/InteropTests/python/requirements.txt tools/setup
	@tools/setup test
	python3 -m venv --clear .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

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

##@ Cleaning

.PHONY: clean
clean: ## Remove the programs and all that is derived in DATASET; raw evidence stays
	swift package clean
	rm -rf $(WORK) $(NORMALIZED) $(FEATURES) $(CLUSTERS) $(SCORES) $(DATA)/published

.PHONY: distclean
distclean: ## Remove raw evidence of DATASET too, and .build and .venv (asks for CONFIRM=1)
	@test "$(CONFIRM)" = 1 || { echo >&2 'This deletes the raw evidence in $(DATA). Say CONFIRM=1 to do it.'; exit 64; }
	rm -rf $(WORK) .build .venv .venv-bench $(DATA)

.PHONY: help
help: ## This list
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo; echo "Variables: DATASET=$(DATASET) VERSION=$(VERSION) PIPELINE=$(PIPELINE) EPOCHS=$(EPOCHS)"; \
	echo "  IMPORT=PATH [FORMAT=NAME]  import a scan (original, jsonl, servers, history) instead of taking one"; \
	echo "  LIVE=1                     measure the public network"; \
	echo "  VANTAGE=NAME               one of the vantage points in pipeline.json"; \
	echo "  GEOIP=FILE                 MaxMind-format database, .mmdb or .mmdb.gz (several: quote them)"; \
	echo "  THREADS=N                  threads a stage; results do not depend on it"

# Each target installs what it lacks (tools/install.sh).
.DEFAULT_GOAL := help
SHELL := /bin/bash
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

LESSON ?= demo
ROLE ?= teacher
# A Release build of the server publishes it here, compiled ahead of time.
SERVER_DLL := artifacts/server/Classroom.Server.dll

.PHONY: help run test check bench long token format contracts migration

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: ## Serve the product with demo data on http 8080 and https 8443
	@tools/install.sh run
	@dotnet build src/Server -c Release -v quiet -clp:ErrorsOnly
	@exec dotnet $(SERVER_DLL)

test: ## Every test: units, databases, object stores, real browsers
	@tools/install.sh test
	@tools/test.sh all

check: ## Format and the tests that need no browser and no server; under two minutes
	@tools/install.sh run
	@tools/test.sh check

bench: ## Cost per packet beside a plain forwarder, joins, memory, films: docs/performance.md
	@tools/install.sh bench
	@tools/bench.sh

long: ## Fuzzing and endurance, for hours
	@tools/install.sh test
	@tools/test.sh long

token: $(SERVER_DLL) ## A join token: make token LESSON=demo ROLE=teacher [CLASSROOM=id]
	@dotnet $(SERVER_DLL) token --lesson '$(LESSON)' --role '$(ROLE)' $(if $(CLASSROOM),--classroom '$(CLASSROOM)')

# The token is of the server that was built last; only where there is none yet is one built.
$(SERVER_DLL):
	@tools/install.sh run >&2
	@CLASSROOM_SKIP_WEBCLIENT=1 dotnet build src/Server -c Release -v quiet >&2

format: ## Bring the code into its form
	@dotnet format Classroom.sln --no-restore --exclude src/Data/Migrations

contracts: ## TypeScript types of the web client from the C# contracts
	@dotnet run --project tools/Contracts -- src/WebClient/src/generated/contracts.ts

migration: ## New migrations of the model for both databases: make migration NAME=AddSomething
	@tools/Migrations/scaffold.sh '$(NAME)'

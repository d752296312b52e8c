#!/bin/sh
# Scaffolds EF Core migrations for both providers.
#   tools/Migrations/scaffold.sh NAME        adds a migration NAME
#   tools/Migrations/scaffold.sh --initial   makes the Initial migration anew (only before the first release)
set -eu
cd "$(dirname "$0")/../.."

name=${1:?usage: scaffold.sh NAME | --initial}
# dotnet-ef may be newer or older than the newest runtime that is installed.
export DOTNET_ROLL_FORWARD=LatestMajor
dotnet tool restore >/dev/null
if [ "$name" = --initial ]; then
  rm -f src/Data/Migrations/*/*_Initial.cs src/Data/Migrations/*/*_Initial.Designer.cs src/Data/Migrations/*/*ModelSnapshot.cs
fi

dotnet build tools/Migrations -v q --nologo

for provider in Sqlite Postgres; do
  folder=src/Data/Migrations/$provider
  if [ "$name" = --initial ]; then
    migration=Initial
  else
    migration=$name
  fi

  dotnet tool run dotnet-ef migrations add "$migration" --no-build --project src/Data --startup-project tools/Migrations \
    --context "${provider}ClassroomDb" --output-dir "Migrations/$provider"

  if [ "$name" = --initial ]; then
    # A fixed id keeps it before the hand-written CourseSearch migration that follows it.
    for file in "$folder"/[0-9]*_Initial*.cs; do
      sed -i -e '1s/^\xEF\xBB\xBF//' "$file"
      sed -i -E 's/"[0-9]{14}_Initial"/"20260101000000_Initial"/' "$file"
      mv "$file" "$(echo "$file" | sed -E 's/[0-9]{14}_Initial/20260101000000_Initial/')"
    done
  fi
done

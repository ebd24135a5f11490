#!/usr/bin/env bash
# Builds versitygw, the second S3 server that the lake's tests run on, from the Go module proxy, and prints where it is kept.
# Built once for every checkout; the sums are those of the module and of its go.mod. Needs Go 1.25 or later.
set -euo pipefail
MODULE=github.com/versity/versitygw
VERSION=v1.8.0
SUM=h1:au+wI+aybno/STsQiSm35Uu6Q6iK5MWReQxgO6SEMFc=
GO_MOD_SUM=h1:OxcWzwHy0xd9yUjfBneYnqmOwOgyq4QpzpobLsXMQRU=
PROGRAM=${XDG_CACHE_HOME:-$HOME/.cache}/booklake/versitygw-$VERSION

if [ ! -x "$PROGRAM" ]; then
  command -v go >/dev/null || { echo "versitygw cannot be built: there is no Go here. Install Go 1.25 or later." >&2; exit 1; }
  echo "Building versitygw $VERSION, once: about two minutes." >&2
  found=$(GOFLAGS=-mod=mod GOTOOLCHAIN=local go mod download -json "$MODULE@$VERSION")
  value() { printf '%s' "$found" | sed -n "s/^\t\"$1\": \"\(.*\)\",*$/\1/p"; }
  [ "$(value Sum) $(value GoModSum)" = "$SUM $GO_MOD_SUM" ] || { echo "versitygw $VERSION is not what it was: its sums differ." >&2; exit 1; }
  mkdir -p "$(dirname "$PROGRAM")"
  cd "$(value Dir)"
  CGO_ENABLED=0 GOTOOLCHAIN=local go build -mod=readonly -trimpath -buildvcs=false -ldflags "-s -w -X main.Version=$VERSION" \
    -o "$PROGRAM.$$" ./cmd/versitygw
  mv "$PROGRAM.$$" "$PROGRAM"
fi
printf '%s\n' "$PROGRAM"

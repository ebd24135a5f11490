#!/usr/bin/env bash
# Copies the jars of pom.xml into spark/jars (or the folder that is named) with Maven; what is there and fits jars.sha256 stays.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
jars=${1:-$here/jars}

fits() { # $1: a folder. Exactly the jars of the list, byte for byte.
  [ "$(cd "$1" 2>/dev/null && ls)" = "$(cut -c67- "$here/jars.sha256")" ] && (cd "$1" && sha256sum --quiet --check "$here/jars.sha256")
}

fits "$jars" 2>/dev/null && exit 0
command -v mvn >/dev/null || { echo "Maven is missing; it fetches Spark's jars. Install it:  sudo apt-get install -y --no-install-recommends maven" >&2; exit 1; }
echo "Fetching Spark's jars into $jars …" >&2
draft=$jars.draft
rm -rf "$draft"
mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$draft" \
  || { echo "Maven could not fetch the jars of $here/pom.xml. Check the network, then run this again." >&2; exit 1; }
fits "$draft" || { echo "The jars in $draft are not those of $here/jars.sha256. After a change of pom.xml write it anew: (cd $draft && sha256sum *.jar) > $here/jars.sha256" >&2; exit 1; }
rm -rf "$jars"
mv "$draft" "$jars"

#!/usr/bin/env bash
# Deno tells a version of the time zone data that is not the one it computes with.
#
# The guess:  process.versions.tz is the version of the data that Intl uses, as in Node; two processes that tell the same
#             version agree on every local time.
# Version:    Deno 2.9.6
# Behaviour:  the versions of node:process are words in Deno's source, those of some Node. Deno says 2026b, which has British
#             Columbia on summer time for good; by its Intl, clocks in Vancouver are set back in autumn 2026. The data in the
#             program are those of 2025b. Bun 1.4.5 tells no version at all.
# Seen:       2026b, and Vancouver on 30 December 2026 is GMT-08:00
# Source:     https://github.com/denoland/deno/blob/main/ext/node/polyfills/_process/process.ts (const versions)
#             https://data.iana.org/time-zones/tzdb/NEWS (British Columbia)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts deno@2.9.6 >npm.log
node node_modules/deno/install.cjs >/dev/null 2>&1 || true

cat >check.mjs <<'END'
import process from 'node:process'
const format = new Intl.DateTimeFormat('en', { timeZone: 'America/Vancouver', timeZoneName: 'longOffset', second: 'numeric' })
console.log(process.versions.tz, format.format(Date.UTC(2026, 11, 30)).split(' ')[1])
END
seen=$(node_modules/.bin/deno run --no-prompt check.mjs)
echo "$seen"
[ "$seen" = '2026b GMT-08:00' ]
echo 'holds: Deno tells the version of other data than its own'

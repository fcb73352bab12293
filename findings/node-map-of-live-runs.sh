#!/usr/bin/env bash
# A Map of the runs under way keeps ended runs alive, although they were deleted from it.
#
# The guess:  a job runner that keeps its running jobs in a Map by id, and deletes each when it ends, holds on to nothing:
#             with at most 250 runs at a time, some 250 survive each collection of the young generation.
# Versions:   Node 24.21.0 (V8 13.6)
# Behaviour:  a Map makes a new table whenever deleted entries have filled the old one, and the old table refers to the new
#             one, for iterators that are under way. A full collection promotes the table of the moment. Dead as it soon is,
#             it keeps the next table alive until the next full collection, that one the next, and each of them the runs that
#             were in it: all of them are copied and promoted. A Map that is replaced by a copy of itself after some
#             deletions keeps none.
# Seen:       promoted: one Map 162 MB, a replaced Map 0 MB (2,000,000 runs, 250 at a time)
# Source:     https://tc39.es/ecma262/#sec-map-objects (iteration goes on in insertion order while entries are deleted)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
arch=$(node -p process.arch)
npm install --silent --no-audit --no-fund --ignore-scripts "node24@npm:node-linux-$arch@24.21.0" >npm.log

cat >runs.mjs <<'END'
const replaces = process.argv[2] === 'replaced'
let runs = new Map()
let deleted = 0
const end = (id) => {
  runs.delete(id)
  if (!replaces || ++deleted < 64 + runs.size) return
  runs = new Map(runs)
  deleted = 0
}
for (let batch = 0; batch < 8_000; batch++) {
  // A full collection, as every process has now and then, promotes the table of the moment.
  if (batch === 10) globalThis.gc()
  const ids = Array.from({ length: 250 }, (_, run) => `${batch}:${run}`)
  for (const id of ids) runs.set(id, { id, startedAt: batch, state: 'running', calls: [], items: [], notes: [] })
  for (const id of ids) end(id)
}
END
promoted() {
  node_modules/node24/bin/node --expose-gc --single-threaded-gc --trace-gc-nvp runs.mjs "$1" |
    tr ' ' '\n' | awk -F= '$1 == "promoted" { sum += $2 } END { printf "%d", sum / 1000000 }'
}
one=$(promoted one)
replaced=$(promoted replaced)
echo "promoted: one Map $one MB, a replaced Map $replaced MB"
((one > 20 * (replaced + 1)))

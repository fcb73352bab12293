#!/usr/bin/env bash
# OpenTelemetry for JavaScript goes on exporting a gauge that its callback no longer reports.
#
# The guess:  an observable gauge has the values that its callback observed at this collection; what is not observed is gone
#             (a removed job, a price nobody knows, a database that does not answer).
# Versions:   @opentelemetry/sdk-metrics 3.1.1, @opentelemetry/exporter-prometheus 0.301.0, @opentelemetry/api 1.10.0, Node 24.21.0
# Behaviour:  with cumulative temporality, which Prometheus has, the last value of each set of attributes is exported at every
#             later collection, even when the callback observes nothing at all or throws. With
#             delta temporality the same gauge vanishes.
# Seen:       the callback observes a=5 b=7, then a=4, then nothing, then throws; exported:
#             cumulative (a=5 b=7) (a=4 b=7) (a=4 b=7) (a=4 b=7); Prometheus text the same; delta (a=5 b=7) (a=4) () ()
# Source:     https://opentelemetry.io/docs/specs/otel/metrics/sdk/#observations-inside-asynchronous-callbacks (SHOULD NOT be
#             exported), https://github.com/open-telemetry/opentelemetry-js/pull/6884 (would change it; open)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
arch=$(node -p process.arch)
npm install --silent --no-audit --no-fund --ignore-scripts "node-linux-$arch@24.21.0" @opentelemetry/sdk-metrics@3.1.1 @opentelemetry/exporter-prometheus@0.301.0 @opentelemetry/api@1.10.0 >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import { diag } from '@opentelemetry/api'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'

diag.disable()
const rounds = [{ a: 5, b: 7 }, { a: 4 }, {}, 'throws']
let round
function observeOn(reader) {
  const gauge = new MeterProvider({ readers: [reader] }).getMeter('any').createObservableGauge('price')
  gauge.addCallback((result) => {
    if (round === 'throws') throw new Error('the database does not answer')
    for (const [symbol, price] of Object.entries(round)) result.observe(price, { symbol })
  })
}

async function exported(temporality) {
  const exporter = new InMemoryMetricExporter(temporality)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  observeOn(reader)
  const seen = []
  for (round of rounds) {
    exporter.reset()
    await reader.forceFlush().catch(() => {})
    const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
    const points = metrics.flatMap(({ dataPoints }) => dataPoints)
    seen.push(points.map(({ attributes, value }) => `${attributes.symbol}=${value}`).join(' '))
  }
  return seen
}

async function scraped() {
  const exporter = new PrometheusExporter({ preventServerStart: true, host: '127.0.0.1' })
  observeOn(exporter)
  const seen = []
  for (round of rounds) {
    const text = await new Promise((resolve) => {
      exporter.getMetricsRequestHandler({}, { setHeader() {}, end: resolve })
    })
    seen.push([...text.matchAll(/^price\{.*?symbol="(\w)".*?\} (\d)/gm)].map(([, symbol, value]) => `${symbol}=${value}`).join(' '))
  }
  return seen
}

const seen = {
  cumulative: await exported(AggregationTemporality.CUMULATIVE),
  prometheus: await scraped(),
  delta: await exported(AggregationTemporality.DELTA),
}
console.log(seen)
const never = ['a=5 b=7', 'a=4 b=7', 'a=4 b=7', 'a=4 b=7']
assert.deepEqual(seen, { cumulative: never, prometheus: never, delta: ['a=5 b=7', 'a=4', '', ''] })
console.log('holds: a value that an observable gauge no longer observes is exported for good, also to Prometheus')
process.exit(0)
END
# The newest releases want a newer Node than the one that runs this script may be.
node_modules/node-linux-"$arch"/bin/node check.mjs

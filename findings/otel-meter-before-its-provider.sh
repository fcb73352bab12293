#!/usr/bin/env bash
# OpenTelemetry's API for JavaScript hands on an early tracer to the SDK, and an early meter to nobody.
#
# The guess:  `metrics.getMeter` may be called before the SDK registers its provider, as `trace.getTracer` may: what is made
#             by it works from then on.
# Versions:   @opentelemetry/api 1.10.0, @opentelemetry/sdk-metrics 3.1.1, @opentelemetry/sdk-trace 3.1.1, Node 24.21.0
# Behaviour:  a tracer that was got before is a proxy of the provider to come. A meter that was got before does nothing, for
#             good and without a word: its instruments are never exported, and its observers never called.
# Seen:       spans of the early tracer: 1; exported: the counter of the late meter alone
# Source:     @opentelemetry/api 1.10.0, build/src/api/metrics.js (NOOP_METER_PROVIDER) beside api/trace.js
#             (ProxyTracerProvider); https://github.com/open-telemetry/opentelemetry-js/issues/3622 (would change it; open)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
arch=$(node -p process.arch)
npm install --silent --no-audit --no-fund --ignore-scripts "node-linux-$arch@24.21.0" @opentelemetry/sdk-metrics@3.1.1 @opentelemetry/sdk-trace@3.1.1 @opentelemetry/api@1.10.0 >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import { metrics, trace } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'

const tracer = trace.getTracer('early')
const early = metrics.getMeter('early').createCounter('early')

const spans = new InMemorySpanExporter()
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }))
const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA)
const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] })
metrics.setGlobalMeterProvider(provider)

tracer.startSpan('work').end()
early.add(1)
metrics.getMeter('late').createCounter('late').add(1)
await provider.forceFlush()

const scopes = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics)
const exported = scopes.flatMap((scope) => scope.metrics.map(({ descriptor }) => descriptor.name))
console.log({ spans: spans.getFinishedSpans().map(({ name }) => name), exported })
assert.deepEqual(spans.getFinishedSpans().map(({ name }) => name), ['work'])
assert.deepEqual(exported, ['late'])
console.log('holds: an early tracer reaches the SDK, an early meter never does')
process.exit(0)
END
node_modules/node-linux-"$arch"/bin/node check.mjs

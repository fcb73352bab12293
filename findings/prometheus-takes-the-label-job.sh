#!/usr/bin/env bash
# Prometheus renames a label `job` of a target, and rules that group by `job` then see the name of the scrape.
#
# The guess:  a series is stored with the labels that the target wrote, so that `max by (job) (...)` tells our jobs apart.
#             promtool agrees: `test rules` is given stored series, and never scrapes.
# Versions:   Prometheus 2.42.0 (Debian 12), default configuration; Node 24.21.0
# Behaviour:  `job` and `instance` belong to the scrape. With `honor_labels: false`, which is the default, labels of a target with
#             these names become `exported_job` and `exported_instance`. A rule by `job` still has a result: one for all.
# Seen:       a target writes failures{job="poll"} 3 and failures{job="digest"} 0; `max by (job) (failures)` answers
#             {job="backend"} 3, and `max by (exported_job) (failures)` answers digest 0 and poll 3
# Source:     https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
apt-get download prometheus >apt.log 2>&1 || { apt-get update >apt.log 2>&1 && apt-get download prometheus >apt.log 2>&1; }
dpkg-deb -x prometheus_*.deb .
usr/bin/prometheus --version 2>&1 | head -1

cat >target.mjs <<'END'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
const text = '# TYPE failures gauge\nfailures{job="poll"} 3\nfailures{job="digest"} 0\n'
const server = createServer((_request, response) => response.setHeader('content-type', 'text/plain; version=0.0.4').end(text))
const spare = createServer()
server.listen(0, '127.0.0.1', () =>
  spare.listen(0, '127.0.0.1', () => {
    const { port } = spare.address()
    spare.close(() => writeFileSync('ports', `${server.address().port} ${port}\n`))
  }),
)
END
node target.mjs &
until [ -s ports ]; do sleep 0.1; done
read -r target api <ports

cat >prometheus.yml <<END
global: { scrape_interval: 500ms, scrape_timeout: 500ms }
scrape_configs: [{ job_name: backend, static_configs: [{ targets: ['127.0.0.1:$target'] }] }]
END
usr/bin/prometheus --config.file=prometheus.yml --storage.tsdb.path=data --web.listen-address="127.0.0.1:$api" --log.level=error &

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
const ask = async (query) => {
  const answer = await fetch(`http://127.0.0.1:${process.argv[2]}/api/v1/query?query=${encodeURIComponent(query)}`)
  const { data } = await answer.json()
  return data.result.map(({ metric, value }) => `${JSON.stringify(metric)} ${value[1]}`).sort()
}
let found = []
for (let tries = 0; tries < 100 && found.length === 0; tries++) {
  await new Promise((resolve) => setTimeout(resolve, 100))
  found = await ask('max by (job) (failures)').catch(() => [])
}
assert.deepEqual(found, ['{"job":"backend"} 3'])
const exported = await ask('max by (exported_job) (failures)')
assert.deepEqual(exported, ['{"exported_job":"digest"} 0', '{"exported_job":"poll"} 3'])
console.log(`by (job): ${found.join(', ')}; by (exported_job): ${exported.join(', ')}`)
END
node check.mjs "$api"

import { expect, it } from 'vitest'

import { crowdedSnapshot } from '../../test/crowd.ts'
import { DECLARED } from '../../test/declared.ts'
import { schedulerAlertRules } from './prometheus/alert-rules.ts'
import { grafanaDashboard } from './prometheus/dashboard.ts'
import { toMetricFamilies } from './prometheus/metric-families.ts'

/**
 * What a scrape, a rule or the usual configurations of targets set themselves: the labels of a target, those of alerts,
 * and those that the operator for Kubernetes and OpenTelemetry add to each series.
 */
const TAKEN = [
  ...['job', 'instance', 'quantile', 'alertname', 'alertstate', 'severity'],
  ...['namespace', 'pod', 'container', 'endpoint', 'service', 'node', 'cluster', 'prometheus', 'replica'],
  ...['otel_scope_name', 'otel_scope_version', 'service_name', 'service_instance_id'],
]

const families = toMetricFamilies({ snapshot: crowdedSnapshot({ jobs: 2 }), stale: false, ageMs: 0 })
const samples = families.flatMap((family) => family.samples)

it('no label of a series is one that a scrape sets itself', () => {
  const labels = [...new Set(samples.flatMap((sample) => Object.keys(sample.labels)))]
  expect(labels.toSorted()).toEqual(['le', 'provider', 'scheduler', 'scheduler_job', 'state'])
  expect(labels.filter((label) => TAKEN.includes(label) || /^(__|exported_)/.test(label))).toEqual([])
})

it('only the buckets of a histogram have the bound that Prometheus wants there', () => {
  const bounded = samples.filter(({ labels }) => 'le' in labels)
  expect(bounded.length).toBeGreaterThan(0)
  for (const { name } of bounded) expect(name).toMatch(/_bucket$/)
})

it('rules and panels group by these labels, and by no others', () => {
  const texts = JSON.stringify([schedulerAlertRules(DECLARED), grafanaDashboard(DECLARED)])
  const grouped = [...texts.matchAll(/\b(?:by|on) \(([^()]*)\)/g)].flatMap(([, labels = '']) => labels.split(', '))
  const named = [...texts.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label)
  const known = new Set(['le', 'provider', 'scheduler', 'scheduler_job', 'state'])
  expect(grouped).toContain('scheduler_job')
  expect([...grouped, ...named].filter((label) => !known.has(label))).toEqual([])
})

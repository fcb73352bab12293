import type { Declared } from '../ports/declared.ts'
import { definitionsFor, type PublishedDefinition } from './definitions.ts'

/** The reference of every metric, those of what a host's sources declare among them, as a page of Markdown. */
export function metricsPage(declared: Declared): string {
  return `${[HEAD, ...definitionsFor('admin', [], declared).map(section)].join('\n\n')}\n`
}

const HEAD = `# Metrics

Every number of every view is one of these, over one window. Windows are half-open, \`(as_of - width, as_of]\`, and a run
belongs to the one in which it was settled: \`lifetime\`, \`recent\` (24 h unless configured) and \`last_hour\`. The same
list is served at \`/metrics/definitions\`; \`/status?explain=<id>\` of version 2 shows the counts behind a value.

A sum stops at 2^53 - 1. It is no longer exact then, whatever a handler has reported: every metric that is made of it
is \`null\` over that window, \`no_longer_exact\` in the status of version 2 and in the lists of jobs and providers has its
id, and every other metric is as it was. Explanations and history say the reason \`no_longer_exact\` beside the value; monitoring gets no sample. In version 1,
whose whole numbers are never \`null\`, the sum stays at 2^53 - 1.

This page is generated from the table in \`packages/scheduler-core/src/metrics\`.`

function section(metric: PublishedDefinition): string {
  const rows = [
    ['kind', metric.kind],
    ['unit', metric.unit],
    ['formula', `\`${metric.formula}\``],
    ['windows', metric.windows.length === 0 ? 'none: read at the instant of the snapshot' : metric.windows.join(', ')],
    ['when there is nothing', String(metric.emptyIs)],
    ['resets', metric.resets],
    ['audience', metric.audience.join(', ')],
    ['sensitivity', metric.sensitivity],
  ]
  const list = rows.map(([name, value]) => `- ${name}: ${value}`).join('\n')
  return `## \`${metric.id}\`\n\n${metric.title}. ${metric.help}\n\n${list}`
}

import { expect, it } from 'vitest'

import { siteLinkOf } from './source-links.ts'

const repository = 'https://example.com/pm'

it.each([
  ['jobs.md', 'jobs.md'],
  ['../reference/options.md#retry', '../reference/options.md#retry'],
  ['#here', '#here'],
  ['https://example.org/', 'https://example.org/'],
  [
    '../../packages/scheduler-core/README.md#metrics',
    `${repository}/blob/main/packages/scheduler-core/README.md#metrics`,
  ],
  ['../../tools', `${repository}/tree/main/tools`],
  ['../operations/prometheus/alerts.yml', `${repository}/blob/main/docs/operations/prometheus/alerts.yml`],
])('%s leads to %s', (link, address) => {
  expect(siteLinkOf(link, 'guides/status.md', { repository })).toBe(address)
})

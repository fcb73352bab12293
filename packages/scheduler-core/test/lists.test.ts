import { describe, expect, it } from 'vitest'

import { toJobList } from '../src/http/views/job-list.ts'
import { JOB_STATES } from '../src/reading/job-conditions.ts'
import type { SchedulerSnapshot } from '../src/reading/snapshot.ts'
import { byLateness } from '../src/status/attention.ts'
import { crowdedSnapshot } from './crowd.ts'
import { scriptedSnapshot } from './scripted-snapshot.ts'

const read = (snapshot: SchedulerSnapshot) => ({ snapshot, stale: false, ageMs: 0 })
const SNAPSHOTS = { calm: scriptedSnapshot(), crowded: crowdedSnapshot({ jobs: 10, feeds: 0 }) }

describe.each(Object.entries(SNAPSHOTS))('the jobs of a %s scheduler', (_name, snapshot) => {
  it.each(JOB_STATES)('that are %s are as many as the counts say', (state) => {
    const { counts } = toJobList(read(snapshot), {})
    const asked = toJobList(read(snapshot), { state: [state] })
    expect(asked.total).toBe(counts[state])
    expect(asked.items).toHaveLength(counts[state])
  })
})

it('feeds whose updates were due at the same time come by provider, then by their own names', () => {
  const [feed] = SNAPSHOTS.calm.feeds.items ?? []
  if (!feed) throw new Error('The scripted snapshot has a feed.')
  const names = [
    { provider: 'b', feed: 'X' },
    { provider: 'a', feed: 'Z' },
    { provider: 'a', feed: 'Y' },
  ]
  const sorted = names.map((name) => ({ ...feed, ...name })).sort(byLateness)
  expect(sorted.map(({ provider, feed }) => `${provider} ${feed}`)).toEqual(['a Y', 'a Z', 'b X'])
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readJobScope } from '../src/http/guard/job-scope.ts'
import { createScopedSnapshots } from '../src/http/scope/scoped-snapshot.ts'
import type { HeldSessionReading, SchedulerSnapshot } from '../src/reading/snapshot.ts'
import { RUN_COUNTERS } from '../src/run/counters.ts'
import { WINDOWS } from '../src/run/windows.ts'
import { randomReading } from './random-snapshot.ts'

/** Any snapshot, and any part of its jobs. */
const partly = randomReading.chain(({ snapshot }) =>
  fc.record({ snapshot: fc.constant(snapshot), shown: fc.subarray([...namesOf(snapshot)]) }),
)

describe('a snapshot for those who are told of some jobs', () => {
  it('lists, counts and adds up these jobs alone', () => {
    fc.assert(
      fc.property(partly, ({ snapshot, shown }) => {
        const scoped = scopedTo(snapshot, shown)
        expect([...namesOf(scoped)].sort()).toEqual([...shown].sort())
        const jobs = [...scoped.jobs, ...scoped.retired]
        expect(scoped.counts.jobs).toBe(scoped.jobs.length)
        expect(scoped.counts.jobsRetired).toBe(scoped.retired.length)
        expect(scoped.scheduler.running).toBe(jobs.reduce((sum, { running }) => sum + running, 0))
        for (const window of WINDOWS)
          for (const counter of RUN_COUNTERS) {
            const sum = jobs.reduce((total, { tallies }) => total + tallies[window][counter], 0)
            expect(scoped.totals[window][counter]).toBe(Math.min(sum, Number.MAX_SAFE_INTEGER))
          }
        for (const { job } of scoped.scheduler.abandoned) expect(shown).toContain(job)
        expect(scoped.scheduler.abandonedHandlers).toBe(scoped.scheduler.abandoned.length)
        // Whatever a handler calls its unit of work.
        const isOfShown = ({ job }: HeldSessionReading) => job === null || shown.includes(job)
        expect(scoped.sessions.held).toEqual(snapshot.sessions.held.filter(isOfShown))
        expect(scoped.instances.map(({ running }) => running)).toEqual(snapshot.instances.map(() => null))
        expect(Object.isFrozen(scoped.totals.recent)).toBe(true)
      }),
    )
  })

  it('has an id of the same form, for each set of jobs its own, and is made once for it', () => {
    fc.assert(
      fc.property(partly, ({ snapshot, shown }) => {
        const within = createScopedSnapshots()
        const scoped = within(snapshot, scopeOf(shown))
        expect(scoped.id).toMatch(/^[\da-f]{1,16}-\d+$/)
        expect(scoped.id).not.toBe(snapshot.id)
        expect(scoped.id.split('-')[1]).toBe(snapshot.id.split('-')[1])
        expect(
          within(
            snapshot,
            scopeOf((job: string) => shown.includes(job)),
          ),
        ).toBe(scoped)
        expect(within(snapshot, scopeOf([...shown, 'nobody']))).toBe(scoped)
        if (shown.length > 0) expect(within(snapshot, scopeOf([])).id).not.toBe(scoped.id)
      }),
    )
  })
})

describe('the jobs of a verdict', () => {
  it('are names or a test that answers true, and nothing else', () => {
    expect(scopeOf((job: string) => (job === 'a' ? true : ('yes' as unknown as boolean))).has('b')).toBe(false)
    const failing = scopeOf(() => {
      throw new Error('the directory is down')
    })
    expect(failing.has('a')).toBe(false)
    const rejecting = scopeOf((async () => {
      throw new Error('the directory is down')
    }) as unknown as () => boolean)
    expect(rejecting.has('a')).toBe(false)
    expect(scopeOf(['a', 'a']).names).toEqual(['a'])
    for (const jobs of [undefined, null, 'a', 1, true, {}, ['a', 1], new Set(['a'])])
      expect(readJobScope(jobs)).toBeNull()
  })
})

function scopedTo(snapshot: SchedulerSnapshot, shown: readonly string[]): SchedulerSnapshot {
  return createScopedSnapshots()(snapshot, scopeOf(shown))
}

function scopeOf(jobs: readonly string[] | ((job: string) => boolean)) {
  const scope = readJobScope(jobs)
  if (scope === null) throw new Error('These are no jobs.')
  return scope
}

function namesOf({ jobs, retired }: SchedulerSnapshot): ReadonlySet<string> {
  return new Set([...jobs, ...retired].map(({ name }) => name))
}

import { describe, expect, it } from 'vitest'

import { AS_OF, NOTHING, scriptedSnapshot } from '../../test/scripted-snapshot.ts'
import { healthOf } from '../reading/health.ts'
import type { ObservedState } from '../reading/snapshot.ts'
import { toAdminStatusV2 } from '../status/to-status.ts'

describe('buildSnapshot', () => {
  it('shows a job that the store has not measured yet, with its next run', () => {
    const snapshot = scriptedSnapshot({ measures: { ...NOTHING, jobs: [] } })
    const [job] = snapshot.jobs
    expect(job).toMatchObject({ name: 'poll', running: 0, lastRunAt: null, consecutiveFailures: 0 })
    expect(job?.nextRunAt).toBeGreaterThan(AS_OF)
    expect(job?.tallies.lifetime).toEqual(snapshot.totals.lifetime)
  })

  it('shows unlimited concurrency as null, since JSON has no Infinity', () => {
    const snapshot = scriptedSnapshot({ concurrency: Infinity })
    expect(toAdminStatusV2({ snapshot, stale: false, ageMs: 0 }).scheduler.concurrency).toBeNull()
  })

  it('refuses measures that lack a window instead of showing 0 for it', () => {
    const jobs = NOTHING.jobs.map((job) => ({ ...job, windows: { recent: job.lifetime } }))
    const [job] = scriptedSnapshot({ measures: { ...NOTHING, jobs } }).jobs
    expect(() => job?.tallies).toThrow('did not measure the window last_hour')
  })
})

describe('healthOf', () => {
  const health = (state: ObservedState, desired: 'running' | 'stopped' | 'paused', ...reasons: string[]) =>
    healthOf({ state, desired, reasons })

  it('fails a scheduler that is not in its desired state', () => {
    expect(health('error', 'running', 'STORE_UNAVAILABLE')).toBe('fail')
    expect(health('error', 'stopped')).toBe('fail')
    expect(health('stopped', 'running')).toBe('fail')
  })

  it('passes a scheduler that was stopped or paused on purpose', () => {
    expect(health('stopped', 'stopped')).toBe('pass')
    expect(health('paused', 'paused')).toBe('pass')
    expect(health('running', 'running')).toBe('pass')
  })

  it('warns of a problem that somebody should look at', () => {
    expect(health('running', 'running', 'CLOCK_SKEWED')).toBe('warn')
    expect(health('stopped', 'stopped', 'CONFIGURATION_CORRUPT')).toBe('warn')
  })
})

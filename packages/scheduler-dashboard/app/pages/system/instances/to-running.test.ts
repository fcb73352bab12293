import { expect, it } from 'vitest'

import { aRun } from '../runs/a-run.testing.ts'
import { toRunning } from './to-running.ts'

const running = { state: 'running', settled_at: null, duration_ms: null } as const

it('tells by instance which jobs it executes, most runs first, with the run where it is one alone', () => {
  const runs = [
    aRun({ ...running, id: 'r1', instance: 'a', job: 'poll' }),
    aRun({ ...running, id: 'r2', instance: 'a', job: 'report' }),
    aRun({ ...running, id: 'r3', instance: 'a', job: 'report' }),
    aRun({ ...running, id: 'r4', instance: 'b', job: 'alone' }),
    aRun({ ...running, id: 'r5', instance: 'b', job: 'poll' }),
  ]
  expect([...toRunning(runs)]).toEqual([
    [
      'a',
      [
        { job: 'report', count: 2, runId: null },
        { job: 'poll', count: 1, runId: 'r1' },
      ],
    ],
    [
      'b',
      [
        { job: 'alone', count: 1, runId: 'r4' },
        { job: 'poll', count: 1, runId: 'r5' },
      ],
    ],
  ])
})

it('leaves out what nobody executes: what is queued, has ended, or waits for an instance', () => {
  const queued = aRun({ ...running, state: 'queued', waiting_for: 'worker', started_at: null })
  const released = aRun({ ...running, waiting_for: 'instance' })
  expect(toRunning([queued, released, aRun()]).size).toBe(0)
})

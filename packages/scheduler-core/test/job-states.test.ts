import { expect, it } from 'vitest'

import { countJobs, isInState, JOB_STATES } from '../src/reading/job-conditions.ts'

const RETIRED = { conditions: [], running: 0, queued: 0, isRetired: true } as const
const DEFINED = { conditions: ['failing', 'paused'], running: 1, queued: 0, isRetired: false } as const
const QUEUED = { conditions: ['no_worker'], running: 0, queued: 2, isRetired: false } as const

it('a job that left the code is retired and in no other state; one that is defined is never retired', () => {
  expect(JOB_STATES.filter((state) => isInState(RETIRED, state))).toEqual(['retired'])
  expect(JOB_STATES.filter((state) => isInState(DEFINED, state))).toEqual(['failing', 'paused', 'running'])
  expect(JOB_STATES.filter((state) => isInState({ ...DEFINED, conditions: [], running: 0 }, state))).toEqual(['ok'])
  expect(JOB_STATES.filter((state) => isInState(QUEUED, state))).toEqual(['no_worker', 'queued'])
})

it('each job counts in every state that it is in, and the total leaves out the retired ones', () => {
  expect(countJobs([RETIRED, DEFINED, QUEUED, { ...DEFINED, conditions: [] }])).toEqual({
    total: 3,
    ok: 1,
    failing: 1,
    overdue: 0,
    no_worker: 1,
    running_long: 0,
    paused: 1,
    running: 2,
    queued: 1,
    retired: 1,
  })
})

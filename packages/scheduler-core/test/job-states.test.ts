import { expect, it } from 'vitest'

import { countJobs, isInState, JOB_STATES } from '../src/reading/job-conditions.ts'

const RETIRED = { conditions: [], running: 0, isRetired: true } as const
const DEFINED = { conditions: ['failing', 'paused'], running: 1, isRetired: false } as const

it('a job that left the code is retired and in no other state; one that is defined is never retired', () => {
  expect(JOB_STATES.filter((state) => isInState(RETIRED, state))).toEqual(['retired'])
  expect(JOB_STATES.filter((state) => isInState(DEFINED, state))).toEqual(['failing', 'paused', 'running'])
  expect(JOB_STATES.filter((state) => isInState({ ...DEFINED, conditions: [], running: 0 }, state))).toEqual(['ok'])
})

it('each job counts in every state that it is in, and the total leaves out the retired ones', () => {
  expect(countJobs([RETIRED, DEFINED, { ...DEFINED, conditions: [] }])).toEqual({
    total: 2,
    ok: 1,
    failing: 1,
    overdue: 0,
    running_long: 0,
    paused: 1,
    running: 2,
    retired: 1,
  })
})

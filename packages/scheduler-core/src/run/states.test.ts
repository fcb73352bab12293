import { expect, it } from 'vitest'

import { isOpenState, mayBecome, RUN_STATES, RUN_TRANSITIONS, SETTLED_RUN_STATES } from './states.ts'

it('lets a run wait, run and end once, and nothing leads out of the end', () => {
  const reached = new Set<string>(['queued', 'running'])
  for (const from of RUN_STATES) {
    for (const to of RUN_TRANSITIONS[from]) reached.add(to)
    expect(RUN_TRANSITIONS[from].length > 0).toBe(isOpenState(from))
  }
  expect([...reached].sort()).toEqual([...RUN_STATES].sort())
})

it('ends a queued run only as cancelled, and never queues one again', () => {
  expect(SETTLED_RUN_STATES.filter((state) => mayBecome('queued', state))).toEqual(['cancelled'])
  expect(SETTLED_RUN_STATES.filter((state) => mayBecome('running', state))).toEqual([...SETTLED_RUN_STATES])
  expect(RUN_STATES.filter((state) => mayBecome(state, 'queued'))).toEqual([])
})

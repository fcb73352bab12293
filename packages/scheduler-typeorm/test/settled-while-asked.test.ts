import { type ClaimedRun, NO_ITEMS } from '@pm/scheduler-core/store'
import { expect, it } from 'vitest'

import { createPartitionLab, NOW, type PartitionLab } from './partition-lab.ts'
import { createTestBed } from './test-bed.ts'

// Another transaction settles a run, and commits while somebody else tries to settle it too.

const bed = await createTestBed()
const dataSource = await bed.open()
const scheduler = 'mine'
const OWN = { unit: 'asked', isOwn: true } as const

it('tells a repetition that it is settled as soon as the other transaction has committed', async () => {
  const lab = await createPartitionLab(dataSource)
  const [run, ...others] = await lab.claim(3)
  if (!run) throw new Error('Nothing was claimed.')
  const settled = await settleAndWait(lab, run)
  const settlements = [run, ...others].map(outcomeOf)
  const again = lab.sessions.withSession(async (session) => {
    const answer = lab.store.settle(session, { scheduler, settlements, waitMs: 1_000 })
    await settled.commit()
    return answer
  }, OWN)
  expect(await again).toEqual(['already_settled', 'settled', 'settled'])
  expect(await lab.counted()).toMatchObject([{ succeeded: 3 }, { succeeded: 3 }])
})

/** Settles a run in a unit that ends with `commit`. */
async function settleAndWait({ sessions, store }: PartitionLab, run: ClaimedRun) {
  const written = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const done = sessions.withSession(async (session) => {
    const answer = await store.settle(session, { scheduler, settlements: [outcomeOf(run)], waitMs: 0 })
    written.resolve()
    await gate.promise
    return answer
  }, OWN)
  await Promise.race([written.promise, done])
  return {
    commit() {
      gate.resolve()
      return done
    },
  }
}

function outcomeOf({ id, fence }: ClaimedRun) {
  const counts = { attempt: 1, durationMs: 1_000, items: NO_ITEMS, calls: [] }
  return {
    runId: id,
    job: 'poll',
    fence,
    state: 'succeeded',
    settledAt: NOW,
    ...counts,
    progress: null,
    error: null,
  } as const
}

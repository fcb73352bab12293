import { createManualClock } from '@pm/scheduler-testing'
import { expect, it } from 'vitest'

import type { RunId } from '../../ids.ts'
import { silentLogger } from '../../ports/logger.ts'
import type { Run } from '../../run/ledger-entry.ts'
import { createActiveRuns } from '../run/active-runs.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import type { RunExecution } from '../run/run-execution.ts'
import { createUnsureRuns } from './unsure-runs.ts'

const ID = 'one' as RunId
const RUN = { kind: 'run', id: ID, job: 'poll', state: 'running', owner: 'here', releasedAt: null } as Run

function stage() {
  const active = createActiveRuns()
  const read = Promise.withResolvers<void>()
  const began: RunId[] = []
  const context = {
    scheduler: 'test',
    instance: 'here',
    leaseMs: 10_000,
    active,
    clock: createManualClock(),
    logger: silentLogger,
    store: { listEntries: async () => ({ items: [RUN] }) },
    units: {
      async run(_: string, work: (session: object) => Promise<unknown>) {
        const found = await work({})
        await read.promise
        return found
      },
    },
  } as unknown as InstanceContext<object>
  const unsure = createUnsureRuns(context, { start: (claims) => began.push(...claims.map(({ id }) => id)) })
  unsure.note([ID])
  unsure.start()
  return { active, answer: read.resolve, began, unsure }
}

it('begins a run that belongs to this worker and never began', async () => {
  const { answer, began, unsure } = stage()
  answer()
  await unsure.whenAsleep()
  expect(began).toEqual([ID])
  await unsure.stop()
})

it('does not begin a run again that ended here while the ledger was read', async () => {
  const { active, answer, began, unsure } = stage()
  const execution = { claim: { id: ID, job: 'poll' } } as RunExecution
  await Promise.resolve()
  active.add(execution)
  active.remove(execution, { isSettled: true })
  answer()
  await unsure.whenAsleep()
  expect(began).toEqual([])
  await unsure.stop()
})

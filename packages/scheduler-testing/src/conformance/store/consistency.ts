import { randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { HOUR, SECOND, type Stage, T0 } from '../harness/scene.ts'
import { WINDOWS } from './recount.ts'

export function readingConsistently<S>(stage: Stage<S>): void {
  describe('reads beside writes', () => {
    it('shows a read-only unit one state throughout', async (context) => {
      const scene = await stage.open(context, { concurrentUnits: 2 })
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      const { scheduler, store } = scene
      await scene.unit(
        async (session) => {
          const read = async () => ({
            measures: await store.readMeasures(session, { scheduler, asOf: T0 + HOUR, windowsMs: WINDOWS }),
            entries: await store.listEntries(session, { scheduler, limit: 10 }),
            control: await store.readControl(session, { scheduler }),
            log: await store.listLog(session, { scheduler, limit: 10 }),
          })
          const before = await read()
          await scene.settle(run)
          await scene.record({
            job: 'poll',
            cursor: T0 + HOUR,
            claims: [scene.newRun({ job: 'poll', id: randomRunId(), scheduledFor: null })],
          })
          await scene.command({ kind: 'stop', by: 'ops', why: null })
          expect(await read()).toEqual(before)
        },
        { readOnly: true },
      )
      expect((await scene.measures(T0 + HOUR)).jobs[0]).toMatchObject({ running: 1, lifetime: { succeeded: 1 } })
    })

    it('never shows what is not committed', async (context) => {
      const scene = await stage.open(context, { concurrentUnits: 2 })
      await scene.register(['poll'])
      const before = await scene.measures(T0 + HOUR, WINDOWS)
      await scene.unit(async (session) => {
        const unrun = [{ ...MISSED, id: randomRunId(), job: 'poll' }]
        await scene.recordIn(session, { job: 'poll', claims: [scene.newRun({ job: 'poll' })], unrun })
        expect(await scene.measures(T0 + HOUR, WINDOWS)).toEqual(before)
        expect(await scene.entries()).toEqual([])
        const { scheduler, store } = scene
        const own = await store.readMeasures(session, { scheduler, asOf: T0 + HOUR, windowsMs: WINDOWS })
        expect(own.jobs[0]).toMatchObject({ running: 1, lifetime: { missed: 1 } })
      })
      expect((await scene.measures(T0 + HOUR, WINDOWS)).jobs[0]).toMatchObject({ running: 1, lifetime: { missed: 1 } })
    })
  })
}

const MISSED = {
  state: 'missed',
  reason: null,
  scheduledFor: T0 + 1,
  through: T0 + 1,
  dueCount: 1,
  settledAt: T0 + SECOND,
} as const

import type { JobOptions } from '@pm/scheduler-core'
import { describe, expect, it } from 'vitest'

import { FAILPOINTS } from '../../crash/failpoint-names.ts'
import { createFailpoints } from '../../crash/failpoints.ts'
import { createFaultyBackend } from '../../faults/faulty-backend.ts'
import type { CreateStoreHarness } from '../harness/harness.ts'
import { openQueueStage } from './queue-stage.ts'
import { fates, MINUTE, minutely, runs, SECOND } from './stage.ts'

const NOTHING = () => {}
const TAKE_OVER_FAILPOINTS = FAILPOINTS.filter((name) => /:take-?over:/i.test(name))

/** Workers come, go and die: no run is lost, none runs twice. */
export function outlivesWorkers<S extends object>(createHarness: CreateStoreHarness<S>): void {
  const forEver = (options: Partial<JobOptions<S>> = {}) => minutely<S>(() => new Promise(() => {}), options)

  describe.each([{ transactional: true }, { transactional: false }])('with an engine, $transactional', (engine) => {
    it('brings a run to another worker when one died before it took it over', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const scheduler = await stage.scheduler([minutely(NOTHING)])
      const doomed = await stage.mortalWorker([forEver()])
      stage.server.hold()
      await stage.pass(MINUTE)
      doomed.kill()
      stage.server.release()
      await stage.worker([minutely(NOTHING)])
      await stage.pass(SECOND)
      expect(runs(await stage.ledger(scheduler))).toMatchObject([{ state: 'succeeded', attempt: 1, fence: 2 }])
    })

    it('finds a run whose worker died after it took it over, when its lease has ended', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const scheduler = await stage.scheduler([forEver()])
      const doomed = await stage.mortalWorker([forEver()])
      await stage.pass(MINUTE)
      doomed.kill()
      await stage.worker([minutely(NOTHING)])
      await stage.pass(50 * SECOND)
      expect(runs(await stage.ledger(scheduler))).toMatchObject([{ state: 'orphaned', attempt: 1 }])
      expect(stage.server.messages).toEqual([])
    })

    it('runs it again where the job asks for it: a worker takes the rerun up from the ledger', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const again: Partial<JobOptions<S>> = { onOrphan: 'rerun', retry: { maxAttempts: 2 } }
      const scheduler = await stage.scheduler([forEver(again)])
      const doomed = await stage.mortalWorker([forEver(again)])
      await stage.pass(MINUTE)
      doomed.kill()
      await stage.worker([minutely(NOTHING, again)])
      await stage.pass(50 * SECOND)
      const states = runs(await stage.ledger(scheduler)).map(({ trigger, state, attempt }) => [trigger, state, attempt])
      expect(states.sort()).toEqual([
        ['rerun', 'succeeded', 2],
        ['schedule', 'orphaned', 1],
      ])
    })

    it('has never more runs than places, whether they come by the queue or from the ledger', async () => {
      const stage = await openQueueStage(createHarness, engine)
      let [now, most, ended] = [0, 0, 0]
      const rerun = { onOrphan: 'rerun', retry: { maxAttempts: 2 } } as const
      const names = Array.from({ length: 6 }, (_, at) => `job-${at}`)
      const scheduler = await stage.scheduler(names.map((name) => forEver({ name, ...rerun })))
      const doomed = await stage.mortalWorker(names.map((name) => forEver({ name, ...rerun })))
      await stage.pass(MINUTE)
      doomed.kill()
      const takes = async () => {
        most = Math.max(most, ++now)
        await new Promise<void>((resolve) => stage.clock.setTimer(resolve, 7 * SECOND))
        now--
        ended++
      }
      const manual = Array.from({ length: 6 }, (_, at) => minutely<S>(takes, { name: `other-${at}`, schedule: null }))
      for (const job of manual) await scheduler.addJob(job)
      const worker = await stage.worker([...names.map((name) => minutely<S>(takes, { name, ...rerun })), ...manual], {
        concurrency: 2,
      })
      await stage.pass(10 * SECOND)
      for (const { name } of manual) await scheduler.runJob(name)
      await stage.pass(3 * MINUTE)
      expect(most).toBe(2)
      expect(ended).toBeGreaterThan(12)
      expect(worker.health.running).toBeLessThanOrEqual(2)
    })

    it('drains: waits for what runs, takes nothing more over, and leaves the rest to others', async () => {
      const stage = await openQueueStage(createHarness, engine)
      const gate = Promise.withResolvers<void>()
      const other = minutely<S>(NOTHING, { name: 'other' })
      const scheduler = await stage.scheduler([minutely(() => gate.promise), other])
      const leaving = await stage.worker([minutely(() => gate.promise)])
      await stage.pass(MINUTE)
      const closing = leaving.close({ graceMs: 30 * SECOND })
      await stage.pass(10 * SECOND)
      expect(leaving).toMatchObject({ isOpen: false, health: { running: 0 } })
      gate.resolve()
      await stage.pass(5 * SECOND)
      await closing
      expect(fates(await stage.ledger(scheduler))).toContain('1 succeeded')
      expect(stage.server.messages).toMatchObject([{ job: 'other' }])
      await stage.worker([other])
      await stage.pass(SECOND)
      expect(runs(await stage.ledger(scheduler)).map(({ state }) => state)).not.toContain('queued')
    })

    it('begins a run whose take-over was committed although the answer was lost, at once', async () => {
      const stage = await openQueueStage(createHarness, engine)
      let isArmed = false
      const faulty = createFaultyBackend<S>({
        sessions: stage.sessions,
        store: stage.store,
        plan: { next: (call) => (isArmed && call === 'takeOver' ? 'after-commit' : null) },
      })
      let ran = 0
      const scheduler = await stage.scheduler([minutely(() => void ran++)])
      await stage.worker([minutely(() => void ran++)], { sessions: faulty.sessions, store: faulty.store })
      isArmed = true
      await stage.pass(MINUTE)
      isArmed = false
      await stage.pass(2 * SECOND)
      expect(faulty.faults).toHaveLength(1)
      expect(ran).toBe(1)
      expect(runs(await stage.ledger(scheduler))).toMatchObject([{ state: 'succeeded', attempt: 1, fence: 2 }])
    })

    it.each(TAKE_OVER_FAILPOINTS)('loses no run when a worker dies at %s, and runs none twice', async (at) => {
      const stage = await openQueueStage(createHarness, engine)
      let kill = () => {}
      const failpoints = createFailpoints({
        at,
        die() {
          kill()
          // Whatever the process would have done next, it does not.
          throw new Error('It is dead.')
        },
      })
      const began: string[] = []
      const job = minutely<S>((ctx) => void began.push(ctx.runId))
      const scheduler = await stage.scheduler([job])
      const doomed = await stage.mortalWorker([job], {
        sessions: failpoints.sessions(stage.sessions),
        store: failpoints.store(stage.store),
      })
      kill = doomed.kill
      await stage.pass(MINUTE)
      await stage.worker([job])
      await stage.pass(50 * SECOND)
      const [run] = runs(await stage.ledger(scheduler))
      const isTaken = at === 'unit:take-over:after-commit'
      expect(run).toMatchObject({ state: isTaken ? 'orphaned' : 'succeeded', attempt: 1 })
      expect(began).toEqual(isTaken ? [] : [run?.id])
      expect(stage.server.messages).toEqual([])
    })

    it('takes a run over later when the store failed before the commit', async () => {
      const stage = await openQueueStage(createHarness, engine)
      let failures = 3
      const faulty = createFaultyBackend<S>({
        sessions: stage.sessions,
        store: stage.store,
        plan: { next: (call) => (call === 'takeOver' && failures-- > 0 ? 'before' : null) },
      })
      let ran = 0
      const scheduler = await stage.scheduler([minutely(() => void ran++)])
      await stage.worker([minutely(() => void ran++)], { sessions: faulty.sessions, store: faulty.store })
      await stage.pass(MINUTE + 5 * SECOND)
      expect(ran).toBe(1)
      expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded'])
    })
  })
}

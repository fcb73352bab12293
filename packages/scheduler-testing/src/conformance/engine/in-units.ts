import { describe, expect, it, onTestFinished } from 'vitest'

import type { EngineStage } from './engine-stage.ts'

/** What is part of a unit of work takes effect with its commit, or not at all. */
export function inUnits<S>({ open }: EngineStage<S>): void {
  describe('stands and falls with units of work', () => {
    it('brings nothing of a unit that was rolled back, nor before the commit', async (context) => {
      const scene = await open(context, 'transactional')
      const { engine, side, ledger } = scene
      const worker = await scene.worker()
      const lost = scene.messages(3)
      ledger.queue(lost)
      const unit = side.sessions.withSession(async (session) => {
        await engine.dispatch(lost, session)
        throw new Error('rolled back')
      })
      await expect(unit).rejects.toThrow('rolled back')
      const [kept] = scene.messages(1)
      if (kept === undefined) throw new Error('There is one.')
      ledger.queue([kept])
      await side.sessions.withSession(async (session) => {
        await engine.dispatch([kept], session)
        await scene.pass(700)
        expect(worker.began).toEqual([])
      })
      await scene.until(() => worker.began.length > 0)
      expect(worker.began).toEqual([kept.id])
    })

    it('keeps a message whose taking back was rolled back', async (context) => {
      const scene = await open(context, 'transactional')
      const { engine, side } = scene
      const messages = await scene.claim(scene.message())
      const unit = side.sessions.withSession(async (session) => {
        await engine.cancel(messages, session)
        throw new Error('rolled back')
      })
      await expect(unit).rejects.toThrow('rolled back')
      const worker = await scene.worker()
      await scene.until(() => worker.began.length === 1)
    })

    it('gives messages back at once when a take-over fails', async (context) => {
      const scene = await open(context, 'transactional')
      const worker = await scene.worker()
      let failures = 0
      const fail = async () => {
        failures++
        throw new Error('the ledger is away')
      }
      worker.fetched = async () => {
        worker.fetched = async () => {}
        return fail()
      }
      worker.acknowledged = fail
      const messages = await scene.claim(...scene.messages(5))
      await scene.until(() => failures >= 2)
      const other = await scene.worker()
      await scene.until(() => other.began.length === 5, { withinMs: 2_000 })
      expect([...scene.ledger.taken].sort()).toEqual(messages.map(({ id }) => id).sort())
    })

    it('does not wait for a message that a worker has in hand', async (context) => {
      const scene = await open(context, 'transactional')
      const gate = Promise.withResolvers<void>()
      onTestFinished(() => gate.resolve())
      const worker = await scene.worker()
      let isHeld = false
      worker.fetched = async () => {
        isHeld = true
        await gate.promise
      }
      const messages = await scene.claim(...scene.messages(2))
      await scene.until(() => isHeld)
      await scene.dispatch(...messages)
      await scene.cancel(...messages)
      gate.resolve()
      await scene.until(() => worker.dropped.length >= 2)
      expect(worker.began).toEqual([])
    })

    it('tries again when a take-over fails, without spinning', async () => {
      const scene = await open()
      const worker = await scene.worker()
      let failures = 0
      worker.fetched = async () => {
        failures++
        throw new Error('the ledger is away')
      }
      await scene.claim(scene.message())
      await scene.until(() => failures > 0)
      await scene.pass(1_000)
      expect(failures).toBeLessThanOrEqual(20)
      worker.fetched = async () => {}
      await scene.until(() => worker.began.length === 1)
    })
  })
}

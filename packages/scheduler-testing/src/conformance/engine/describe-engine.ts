import { type Engine, type RunMessage, type RunOutcome, randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it, onTestFinished } from 'vitest'

/** One engine that was not started, made for one test. */
export interface EngineHarness {
  readonly engine: Engine
  /** Resolves when everything that was dispatched has been delivered (default: at once). */
  delivered?(): Promise<void>
  /** Releases everything; called after the test, whatever became of it. */
  close(): Promise<void>
}

export type CreateEngineHarness = () => Promise<EngineHarness>

/** What core relies on in an engine. */
export function describeEngine(name: string, createHarness: CreateEngineHarness): void {
  describe(`engine: ${name}`, () => {
    it('delivers every message once, as it was dispatched', async () => {
      const { engine, delivered } = await open(createHarness)
      const got: RunMessage[] = []
      await engine.start(remember((message) => got.push(message)))
      const messages = [message('poll'), message('report'), message('poll')]
      await engine.dispatch(messages)
      await delivered()
      expect(byKey(got)).toEqual(byKey(messages))
    })

    it('delivers a message once that is dispatched again while it is under way', async () => {
      const { engine, delivered } = await open(createHarness)
      const gate = Promise.withResolvers<void>()
      const got: RunMessage[] = []
      await engine.start(async (each) => {
        got.push(each)
        await gate.promise
        return 'succeeded'
      })
      const one = message('poll')
      await engine.dispatch([one, one])
      await engine.dispatch([one])
      gate.resolve()
      await delivered()
      expect(got).toEqual([one])
    })

    it('takes messages without waiting for their runs, and lets none hold up another', async () => {
      const { engine, delivered } = await open(createHarness)
      const gate = Promise.withResolvers<void>()
      const ran: string[] = []
      await engine.start(async ({ job }) => {
        if (job === 'slow') await gate.promise
        ran.push(job)
        return 'succeeded'
      })
      await engine.dispatch([message('slow')])
      await engine.dispatch([message('quick')])
      await expect.poll(() => ran).toEqual(['quick'])
      gate.resolve()
      await delivered()
      await expect.poll(() => ran).toEqual(['quick', 'slow'])
    })

    it('delivers nothing after it was stopped, and can be started again', async () => {
      const { engine, delivered } = await open(createHarness)
      const got: string[] = []
      await engine.start(remember(({ job }) => got.push(job)))
      await engine.stop()
      await engine.dispatch([message('poll')]).catch(() => {})
      expect(got).toEqual([])
      await engine.start(remember(({ job }) => got.push(job)))
      await engine.dispatch([message('report')])
      await delivered()
      expect(got).toEqual(['report'])
    })

    it('can be stopped before it was started, and more than once', async () => {
      const { engine } = await open(createHarness)
      await engine.stop()
      await engine.start(remember(() => {}))
      await engine.stop()
      await engine.stop()
    })
  })
}

function remember(how: (message: RunMessage) => void) {
  return async (message: RunMessage): Promise<RunOutcome> => {
    how(message)
    return 'succeeded'
  }
}

async function open(createHarness: CreateEngineHarness) {
  const { engine, delivered = () => Promise.resolve(), close } = await createHarness()
  onTestFinished(async () => {
    await engine.stop()
    await close()
  })
  return { engine, delivered }
}

function message(job: string): RunMessage {
  return { idempotencyKey: randomRunId(), scheduler: 'conformance', job, scheduledFor: null }
}

function byKey(messages: readonly RunMessage[]): RunMessage[] {
  return [...messages].sort((a, b) => a.idempotencyKey.localeCompare(b.idempotencyKey))
}

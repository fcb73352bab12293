import type { AroundRun, RunContext } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { askStatuses } from './ask-statuses.ts'
import { noticeRejections } from './notice-rejections.ts'
import { recordingLogger } from './recording-logger.ts'
import { MINUTE, minutely, openStage, runs, SECOND } from './stage.ts'

/** Nothing that a handler hands over keeps its run from settling, or others from reading. */
export function settlesWhateverIsHandedOver<S extends object>(createHarness: CreateStoreHarness<S>): void {
  const fails = () => {
    throw new Error('This must not be read.')
  }

  it.each<readonly [what: string, make: () => unknown]>([
    ['null', () => null],
    ['a symbol', () => Symbol('no quote')],
    ['a function', () => fails],
    ['a whole number of a million digits', () => 7n ** 1_200_000n],
    ['an object whose fields throw', () => Object.defineProperty({}, 'message', { get: fails, enumerable: true })],
    [
      'an error whose stack and cause throw',
      () => Object.defineProperties(new Error('x'), { stack: { get: fails }, cause: { get: fails } }),
    ],
    ['an object whose toJSON throws', () => ({ toJSON: fails, reason: 'quota' })],
    ['a proxy that was revoked', revoked],
    [
      'a proxy whose traps throw',
      () => new Proxy({}, { get: fails, has: fails, ownKeys: fails, getPrototypeOf: fails }),
    ],
    ['an error with itself as its cause', ownCause],
    ['objects that refer to each other in every way', everyWay],
    ['a text of 16 MB', () => 'x'.repeat(2 ** 24)],
    ['something that is never settled', () => awaited({ value: () => {} })],
    ['something whose then throws', () => awaited({ get: fails })],
  ])('settles a run whose handler throws %s, and the next one', async (_, make) => {
    const noticed = noticeRejections()
    const stage = await openStage(createHarness)
    const thrown = [make()]
    const { logger, lines } = recordingLogger()
    const poll = () => {
      if (thrown.length > 0) throw thrown.pop()
    }
    const scheduler = await stage.open(poll, { with: { logger } })
    await stage.pass(2 * MINUTE)
    const settled = runs(await stage.ledger(scheduler))
    expect(settled.map(({ state }) => state)).toEqual(['failed', 'succeeded'])
    expect(settled[0]?.error?.message.length).toBeGreaterThan(0)
    expect(settled[0]?.error?.message.length).toBeLessThanOrEqual(1_000)
    expect(await askStatuses(scheduler)).toMatchObject({ 'admin-v1': { total_runs: 2, success_rate: 50 } })
    expect(lines.filter(({ message }) => message === 'The handler of a run threw')).toHaveLength(1)
    expect(noticed()).toEqual([])
  })

  it('settles a run whose handler answers what cannot be awaited, at the latest with its timeout', async () => {
    const never = awaited({ value: () => {} })
    const answers = [awaited({ get: fails }), awaited({ value: fails }), revoked(), never, undefined]
    const stage = await openStage(createHarness)
    let run = 0
    const scheduler = await stage.open(() => answers[run++], {
      timeoutMs: 10 * SECOND,
      with: { abandonedHandlers: 'let-go' },
    })
    await stage.pass(answers.length * MINUTE + 30 * SECOND)
    const states = runs(await stage.ledger(scheduler)).map(({ state }) => state)
    expect(states).toEqual(['failed', 'failed', 'failed', 'timed_out', 'succeeded'])
  })

  it('settles a run whose job cannot judge its error, and one whose observer throws', async () => {
    const noticed = noticeRejections()
    const stage = await openStage(createHarness)
    const aroundRun: AroundRun = (_run, execute) => execute({ failed: fails })
    const retry = { maxAttempts: 3, backoffMs: 0, retryable: fails }
    const scheduler = await stage.open(() => Promise.reject(new Error('no quote')), { retry, with: { aroundRun } })
    await stage.pass(2 * MINUTE)
    const error = { message: 'no quote' }
    expect(runs(await stage.ledger(scheduler))).toMatchObject(Array(2).fill({ state: 'failed', attempt: 1, error }))
    expect(noticed()).toEqual([])
  })

  it.each<readonly [what: string, around: AroundRun]>([
    ['throws', fails],
    ['rejects', () => Promise.reject(new Error('no tracer'))],
    ['executes nothing', async () => null],
    ['executes twice', async (_run, execute) => (await execute()) && execute()],
    ['executes and throws', (_run, execute) => void execute() as never],
    ['never ends', () => new Promise(() => {})],
  ])('executes a run once inside of a host that %s', async (_, aroundRun) => {
    const noticed = noticeRejections()
    const stage = await openStage(createHarness)
    let ran = 0
    const scheduler = await stage.open(() => void ran++, { with: { aroundRun } })
    await stage.pass(2 * MINUTE)
    expect(ran).toBe(2)
    expect(runs(await stage.ledger(scheduler)).map(({ state }) => state)).toEqual(['succeeded', 'succeeded'])
    expect(noticed()).toEqual([])
  })

  it('refuses what is no report, and the run goes on', async () => {
    const stage = await openStage(createHarness)
    const refused: unknown[] = []
    const attempt = (hand: () => unknown) => {
      try {
        hand()
      } catch (error) {
        refused.push(error)
      }
    }
    const hostile = (ctx: RunContext<S>) => {
      const huge = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`field${at}`, at]))
      for (const value of [revoked(), Object.defineProperty({}, 'processed', { get: fails }), everyWay(), 5n, null]) {
        attempt(() => ctx.report(value as never))
        attempt(() => ctx.report({ processed: value as never }))
        attempt(() => ctx.recordCall(value as never))
        attempt(() => ctx.recordCall({ provider: value, outcome: 'failed', answered: false, durationMs: 1 } as never))
        attempt(() => ctx.progress(value as never, value as never))
        attempt(() => ctx.logger.info(value as never, 'said'))
      }
      // A getter that reports itself loses nothing.
      ctx.report({
        get processed() {
          ctx.report({ processed: 1 })
          return 2
        },
      })
      ctx.report({ ...huge, processed: 5 })
      ctx.progress(-0, 3)
    }
    const scheduler = await stage.open(hostile)
    await stage.pass(MINUTE)
    expect(refused.length).toBeGreaterThan(0)
    expect(runs(await stage.ledger(scheduler))).toMatchObject([
      {
        state: 'succeeded',
        items: { processed: 8, failed: 0, skipped: 0 },
        progress: { done: 0, total: 3 },
        calls: [],
      },
    ])
    await askStatuses(scheduler)
  })

  it('shows a short and clean name of the unit of work of a handler', async () => {
    const stage = await openStage(createHarness)
    const names: readonly unknown[] = ['x'.repeat(1_000_000), 'two\u0000lines', 'hunter2', 7, '']
    const held: string[] = []
    const hold = async (ctx: RunContext<S>) => {
      for (const unit of names) await ctx.withSession(look, { unit: unit as string })
    }
    const scheduler = stage.instance({ jobs: [minutely<S>(hold)], secrets: ['hunter2'] })
    const look = async () => {
      const { sessions } = await stage.snapshot(scheduler)
      // The scheduler's own work, such as `prune`, may have a session too. It has no job.
      held.push(...sessions.held.flatMap(({ unit, job }) => (job === null ? [] : [unit])))
    }
    await scheduler.open()
    await stage.pass(MINUTE)
    expect(held).toEqual([`${'x'.repeat(99)}…`, 'two\\u0000lines', '[redacted]', 'job:poll', 'job:poll'])
  })
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function ownCause(): Error {
  const error = new Error('x')
  error.cause = error
  return error
}

/** Told in full, these would be 100^6 objects. */
function everyWay(): object {
  const objects = Array.from({ length: 100 }, (): Record<string, unknown> => ({}))
  for (const object of objects) for (const [at, other] of objects.entries()) object[`to${at}`] = other
  return Object.assign(new Error('no quote'), { details: objects, cause: objects[0] })
}

/** What `await` asks for its `then`. */
function awaited(then: PropertyDescriptor): object {
  return Object.defineProperty({}, 'then', then)
}

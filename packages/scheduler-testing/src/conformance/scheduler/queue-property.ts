import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { MessageFate } from '../../memory-engine/message-store.ts'
import type { CreateStoreHarness } from '../harness/harness.ts'
import { type MortalWorker, openQueueStage, type QueueStage } from './queue-stage.ts'
import { minutely, runs, SECOND } from './stage.ts'

const PERIOD = 10 * SECOND
const TAKES = 3 * SECOND

/** How many lives: few where each is real I/O. */
const LIVES = { shared: 4, ownMemory: 40 }

type Move =
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'fate'; readonly fates: readonly MessageFate[] }
  | { readonly kind: 'hold' | 'release' | 'lose' | 'fail' | 'work' | 'come' | 'die' | 'restart' }

const fate = fc.oneof(fc.constantFrom<MessageFate>('bring', 'lose', 'double'), fc.integer({ min: 1, max: 20_000 }))
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 25 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fate' as const), fates: fc.array(fate, { minLength: 1 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('hold', 'release', 'lose', 'fail', 'work', 'come', 'die', 'restart'),
    }) as fc.Arbitrary<Move>,
  },
)

/** In any order of losses, doubles, delays and deaths each due time has exactly one run, and each run begins at most once. */
export function losesNoRun<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it.each([true, false])(
    'starts each due time once, whatever becomes of messages and workers (transactional: %s)',
    async (is) => {
      const { store } = await openQueueStage(createHarness)
      const lives = store.capabilities.shared ? LIVES.shared : LIVES.ownMemory
      await fc.assert(
        fc.asyncProperty(fc.array(move, { maxLength: 25 }), async (moves) => {
          const stage = await openQueueStage(createHarness, { transactional: is })
          const play = new Play(stage)
          await play.begin()
          for (const one of moves) await play.make(one)
          await play.settleDown()
          await play.check()
          await play.end()
        }),
        { numRuns: lives },
      )
    },
    60_000,
  )
}

/** One life of schedulers and workers that a list of moves tells. */
class Play<S extends object> {
  readonly #stage: QueueStage<S>
  readonly #began: string[] = []
  readonly #workers: MortalWorker<S>[] = []
  #scheduler: Awaited<ReturnType<QueueStage<S>['scheduler']>> | null = null
  #died = false

  constructor(stage: QueueStage<S>) {
    this.#stage = stage
  }

  async begin(): Promise<void> {
    this.#scheduler = await this.#stage.scheduler([this.#job()], { queueTimeoutMs: 15 * SECOND })
    await this.#come()
  }

  async make(move: Move): Promise<void> {
    const { server } = this.#stage
    switch (move.kind) {
      case 'pass':
        return this.#stage.pass(move.seconds * SECOND)
      case 'fate': {
        let at = 0
        return server.setFate(() => move.fates[at++ % move.fates.length] ?? 'bring')
      }
      case 'hold':
        return server.hold()
      case 'release':
        return server.release()
      case 'lose':
        return server.lose()
      case 'fail':
        return server.fail(new Error('ECONNRESET'))
      case 'work':
        return server.fail(null)
      case 'come':
        server.fail(null)
        return this.#come()
      case 'die':
        this.#died = true
        return this.#workers.pop()?.kill()
      case 'restart':
        return this.#restart()
    }
  }

  async settleDown(): Promise<void> {
    const { server } = this.#stage
    server.fail(null)
    server.setFate(() => 'bring')
    server.release()
    await this.#come()
    const untilDue = PERIOD - (this.#stage.clock.now() % PERIOD)
    await this.#stage.pass(90 * SECOND + untilDue + 2 * TAKES)
  }

  async check(): Promise<void> {
    if (!this.#scheduler) throw new Error('It is open.')
    const ledger = await this.#stage.ledger(this.#scheduler)
    const dueTimes = runs(ledger).map(({ scheduledFor }) => scheduledFor)
    expect(new Set(dueTimes).size).toBe(dueTimes.length)
    expect(ledger.filter((entry) => entry.kind === 'unrun')).toEqual([])
    const [first = 0] = dueTimes
    expect(dueTimes).toEqual(dueTimes.map((_, at) => Number(first) + at * PERIOD))
    const states = new Set(runs(ledger).map(({ state }) => state))
    expect([...states].filter((state) => state !== 'succeeded')).toEqual(
      states.has('orphaned') && this.#died ? ['orphaned'] : [],
    )
    expect(new Set(this.#began).size).toBe(this.#began.length)
    const succeeded = runs(ledger).filter(({ state }) => state === 'succeeded')
    expect(this.#began).toEqual(expect.arrayContaining(succeeded.map(({ id }) => id)))
  }

  async end(): Promise<void> {
    for (const worker of this.#workers) await this.#stage.endWorker(worker)
    if (this.#scheduler) await this.#stage.end(this.#scheduler)
  }

  #job() {
    const { clock } = this.#stage
    const handler = async ({ runId }: { readonly runId: string }) => {
      this.#began.push(runId)
      await new Promise<void>((resolve) => clock.setTimer(resolve, TAKES))
    }
    return minutely<S>(handler, {
      schedule: { kind: 'every', periodMs: PERIOD, anchorAt: 0 },
      overlapPolicy: 'allow',
      misfirePolicy: 'run-all',
      misfireGraceMs: 3_600_000,
    })
  }

  async #come(): Promise<void> {
    if (this.#workers.length < 3) this.#workers.push(await this.#stage.mortalWorker([this.#job()], { concurrency: 2 }))
  }

  async #restart(): Promise<void> {
    const { server } = this.#stage
    server.fail(null)
    if (this.#scheduler) await this.#stage.end(this.#scheduler)
    this.#scheduler = await this.#stage.scheduler([this.#job()], { queueTimeoutMs: 15 * SECOND })
  }
}

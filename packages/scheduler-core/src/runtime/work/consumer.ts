import { createLoop, type Loop } from '../../loop/loop.ts'
import type { Consumption, RunConsumer } from '../../ports/engine.ts'
import type { HandOver } from '../../state/hand-over.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import type { WorkPlaces } from './places.ts'
import type { TakeOver } from './take-over.ts'

export interface ConsumerOptions<S> {
  readonly handOver: HandOver<S>
  readonly places: WorkPlaces
  readonly takeOver: TakeOver<S>
}

/** An engine brings at most this many at a time. */
const MOST = 10_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/**
 * Keeps the engine bringing the messages of the queues of this worker's jobs, whichever they are at the moment. What fails
 * is tried again with growing waits.
 */
export function createConsumer<S extends object>(
  context: InstanceContext<S>,
  { handOver, places, takeOver }: ConsumerOptions<S>,
): Loop {
  const { configuration, options, jobs, clock, logger } = context
  const { engine, health } = handOver
  let consumed: { readonly queues: string; readonly consumption: Consumption } | null = null
  let waitMs = FIRST_WAIT_MS

  /** Those of jobs whose definition in effect is another one too: a deployment may take effect at any moment. */
  function wantedQueues(): readonly string[] {
    const queues = new Set<string>()
    for (const { queue } of jobs.values()) queues.add(queue)
    for (const { queue } of configuration.definitions.own.values()) queues.add(queue)
    for (const { base } of options.templates.values()) queues.add(base.queue)
    return [...queues].sort()
  }

  function toConsumer(queues: readonly string[]): RunConsumer<S> {
    return {
      queues,
      get concurrency() {
        return Math.min(MOST, configuration.concurrency)
      },
      get room() {
        return Math.min(MOST, places.room)
      },
      whenRoom: places.whenRoom,
      takeOver,
    }
  }

  async function stopConsuming(): Promise<void> {
    const before = consumed
    consumed = null
    await before?.consumption.stop()
  }

  async function consume(): Promise<number> {
    const queues = wantedQueues()
    if (queues.length === 0 || consumed?.queues === queues.join()) return Infinity
    try {
      await handOver.queues.ensure(queues)
      await stopConsuming()
      const consumption = await health.call('consume', () => engine.consume(toConsumer(queues)))
      consumed = { queues: queues.join(), consumption }
      waitMs = FIRST_WAIT_MS
      return Infinity
    } catch {
      // Whoever calls the engine has logged it.
      const pauseMs = waitMs
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)
      return pauseMs
    }
  }

  const loop = createLoop({ name: 'consumer', clock, logger, runOnce: consume })
  return {
    ...loop,
    async stop() {
      await loop.stop()
      await stopConsuming()
    },
  }
}

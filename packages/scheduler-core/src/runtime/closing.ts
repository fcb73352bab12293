import { within } from '../clock.ts'
import type { Loop } from '../loop/loop.ts'
import type { Definer } from './define/definer.ts'
import { createWithdrawal } from './define/withdrawal.ts'
import { drain } from './run/drain.ts'
import type { Executing } from './run/executing.ts'
import type { InstanceContext } from './run/instance-context.ts'

/** Beyond the grace, `close` has 500 ms: this many to record what became of the runs, and the rest for the loops to end. */
const DRAIN_MS = 400
const LAST_MS = 50
/** An engine ends within some seconds. */
const ENGINE_MS = 3_000

const NOT_LEFT = 'The store was not told that this instance closes; its jobs end with its lease'

export interface ClosingParts {
  readonly executing: Executing
  readonly definer: Pick<Definer, 'leave'>
  /** All but the one that renews the leases. */
  readonly loops: readonly Pick<Loop, 'stop'>[]
  /** Those that are not waited for before the runs get their grace: an engine may take its time (default none). */
  readonly beside?: readonly Pick<Loop, 'stop'>[]
}

/**
 * Makes the function that ends every loop and every run of an instance. It resolves within `graceMs` + 500 ms, even when the
 * store or a handler hangs, but for an engine, which has some seconds.
 */
export function createClosing<S extends object>(
  context: InstanceContext<S>,
  { executing, definer, loops, beside = [] }: ClosingParts,
): (graceMs: number) => Promise<void> {
  const { active, clock, logger, handOver } = context
  const withdrawal = createWithdrawal<S>(context)
  let isClosed = false

  /** Nothing is to be said where no run is waited for: the instance leaves at once. */
  async function withdraw(): Promise<void> {
    if (active.size === 0) return
    await withdrawal().catch((error: unknown) => logger.warn({ err: error }, NOT_LEFT))
  }

  async function endLoops(graceMs: number): Promise<void> {
    const besides = beside.map((loop) => loop.stop())
    await Promise.all(loops.map((loop) => loop.stop()))
    await Promise.all([withdraw(), drain(context, graceMs), handOver?.whenOffered(), ...besides])
    if (isClosed) return
    // Others then know at once that they have to do without this instance; otherwise when its lease has ended.
    await definer.leave().catch((error: unknown) => logger.warn({ err: error }, NOT_LEFT))
  }

  return async (graceMs) => {
    await within(clock, graceMs + DRAIN_MS, endLoops(graceMs))
    isClosed = true
    executing.end()
    await within(clock, LAST_MS, executing.renewer.stop())
    if (handOver) await within(clock, ENGINE_MS, handOver.close())
  }
}

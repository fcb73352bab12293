import { createLoop, type Idle, type Loop } from '../../loop/loop.ts'
import { isAlive } from '../../plan/plan-definitions.ts'
import type { InstanceLife } from '../../ports/definitions.ts'
import type { ClaimedRun } from '../../ports/job-changes.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import type { Definer } from './definer.ts'

export interface DefinitionKeeperOptions {
  readonly definer: Pick<Definer, 'enter'>
  /** Starts the first runs of jobs that are new again: they were forgotten while this instance was taken for dead. */
  readonly start: (claims: readonly ClaimedRun[]) => void
  readonly onDefined: () => void
}

/** A test's clock leaves out looks this long after the last lease has ended: by then each death has been noticed. */
const QUIET_AFTER_MS = 300_000

/**
 * Notices that instances died or left. What only they had is defined no longer, and what this instance has in another
 * form may take effect. Also enters again when others took this instance for dead.
 */
export function createDefinitionKeeper<S extends object>(
  context: InstanceContext<S>,
  { definer, start, onDefined }: DefinitionKeeperOptions,
): Loop {
  const { scheduler, instance, leaseMs, store, units, configuration, clock, logger } = context
  const { watchMs } = context.options
  /** Whether this instance's own heartbeat was fresh at the last look. After a jump of time, nobody's is. */
  let wasFresh = false
  /** The other live instances at the last look. */
  let others = ''
  /** Whether this instance followed a definition of others at the last look. The other may have left before this one. */
  let wasFollowing = false

  async function look(): Promise<Idle> {
    const lives = await units.run('read-instances', (session) => store.readInstances(session, { scheduler }), {
      readOnly: true,
    })
    if (needsToEnter(lives)) {
      start(await definer.enter())
      onDefined()
    }
    return {
      sleepMs: configuration.definitions.isFollowing ? Math.min(watchMs, leaseMs) : leaseMs,
      quietAfterMs: leaseMs + QUIET_AFTER_MS,
    }
  }

  function needsToEnter(lives: readonly InstanceLife[]): boolean {
    const now = clock.now()
    const own = lives.find((life) => life.instance === instance)
    if (!own || own.leftAt !== null) return true
    const mayJudge = wasFresh && isAlive(own, now)
    wasFresh = isAlive(own, now)
    if (!mayJudge) return false
    const beside = lives.filter((life) => life.instance !== instance && life.leftAt === null)
    const alive = beside.filter((life) => isAlive(life, now)).map((life) => life.instance)
    const before = others
    others = alive.sort().join()
    const followedBefore = wasFollowing
    wasFollowing = configuration.definitions.isFollowing
    if (alive.length < beside.length) return true
    return wasFollowing && (!followedBefore || others !== before)
  }

  return createLoop({ name: 'definition-keeper', clock, logger, runOnce: look, retryMs: watchMs })
}

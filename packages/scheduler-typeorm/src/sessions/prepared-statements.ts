import { SchedulerError } from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'
import type { EntityManager, QueryRunner } from 'typeorm'
import { PLAN_FOR_ANY_SIZE, PLAN_ONCE, PLAN_WITHOUT_BITMAPS } from '../sql/plan-settings.ts'
import { type Client, isDirect, type NamedQuery } from './is-direct.ts'
import { queryOn } from './query-on.ts'

const PREPARE_MODES = ['auto', true, false] as const
export type PrepareMode = (typeof PREPARE_MODES)[number]

/** A statement that runs often enough to be prepared. */
export interface PreparableStatement {
  /** The operation that a `STORE_UNAVAILABLE` names. */
  readonly operation: string
  readonly text: string
  /** Unique to the text; shorter than 60 bytes, since PostgreSQL cuts names at 63. */
  readonly name: string
  /**
   * Whether the server plans it once per connection and never for its values (default false). Then its text has to end
   * what `PLAN_ONCE` sets, with `PLAN_AS_USUAL`.
   */
  readonly isPlannedOnce?: boolean
}

/** Prepares statements on the connections of one session provider. */
export interface PreparedStatements {
  /** Settings for the server, sent when a transaction that writes begins. They hold for this transaction only. */
  readonly settings: readonly string[]
  /** Lets `runPrepared` prepare statements on this runner. */
  offerOn(runner: QueryRunner): void
}

/**
 * Runs a statement in a session. Where the session offers it, the statement is prepared at its first use on each
 * connection; elsewhere, such as in a unit of a handler, it is sent whole. Both ways go through `QueryRunner.query`, so
 * that the limits of the session and the host's logging and subscribers see the text.
 *
 * @throws SchedulerError `STORE_UNAVAILABLE` when the server no longer has the statement as it was prepared. A retry
 *   prepares it anew.
 */
export function runPrepared(
  session: EntityManager,
  statement: PreparableStatement,
  parameters: unknown[],
): Promise<unknown> {
  const { queryRunner } = session
  return queryRunner && offersPrepared(queryRunner)
    ? queryRunner[RUN](statement, parameters)
    : session.query(statement.text, parameters)
}

/** @throws SchedulerError `INVALID_OPTIONS` for an unknown mode. */
export function createPreparedStatements(mode: unknown = 'auto'): PreparedStatements {
  if (!PREPARE_MODES.some((known) => known === mode)) {
    refuseOption({ path: 'preparedStatements', value: mode, expected: `'auto', true or false` })
  }
  const verdicts = new WeakMap<Client, Promise<boolean>>()
  /** How often a server had lost or changed what was prepared there. Each time, all statements get new names. */
  let losses = 0

  function allows(client: Client): boolean | Promise<boolean> {
    if (mode !== 'auto') return mode === true
    const known = verdicts.get(client)
    if (known) return known
    const verdict = isDirect(client)
    verdicts.set(client, verdict)
    verdict.catch(() => verdicts.delete(client))
    return verdict
  }

  return {
    settings: mode === false ? [] : [...PLAN_FOR_ANY_SIZE, ...PLAN_WITHOUT_BITMAPS],
    offerOn(runner) {
      const run: PreparedRunner[typeof RUN] = async ({ operation, text, name, isPlannedOnce }, parameters) => {
        const lossesBefore = losses
        if (mode === false || lossesBefore > MAX_LOSSES || hasManyValues(parameters))
          return runner.query(text, parameters)
        try {
          return await queryOn(runner, { text, parameters }, async (client, values) => {
            if (!(await allows(client))) return client.query(text, values)
            const named = { name: `${name}_${lossesBefore}`, text, values }
            return isPlannedOnce ? planOnce(client, named) : client.query(named)
          })
        } catch (error) {
          if (!isLost(error)) throw error
          if (losses === lossesBefore) losses++
          throw new SchedulerError('STORE_UNAVAILABLE', { operation }, { cause: error })
        }
      }
      Object.assign(runner, { [RUN]: run })
    },
  }
}

/**
 * Sends the settings and the statement one after the other. The server would go on planning for the values of each call
 * where it expects more rows for any values than for these, as in a range of time.
 */
async function planOnce(client: Client, named: NamedQuery): Promise<unknown> {
  const [, answer] = await Promise.all([client.query(PLAN_ONCE), client.query(named)])
  return answer
}

/**
 * From this many characters of values on, a statement is sent whole and planned for its values: that costs little beside
 * executing it, while a plan for any number of values joins them row by row.
 */
const MANY_VALUES = 8_192

function hasManyValues(parameters: readonly unknown[]): boolean {
  let length = 0
  for (const value of parameters) if (typeof value === 'string') length += value.length
  return length >= MANY_VALUES
}

/**
 * How many times the names are renewed before statements are sent whole for good. A host that runs `DISCARD ALL` before
 * it gives back connections, or a pooler that passes for a server, would cost one unit each time.
 */
const MAX_LOSSES = 3

const RUN = Symbol('runs a statement prepared')

interface PreparedRunner {
  [RUN](statement: PreparableStatement, parameters: unknown[]): Promise<unknown>
}

function offersPrepared(runner: QueryRunner): runner is QueryRunner & PreparedRunner {
  return RUN in runner
}

/**
 * Whether a prepared statement does not exist (the host has run `DISCARD ALL` or `DEALLOCATE`), exists already (a
 * pooler), or would return other columns (somebody has altered a table). The last has a code of many meanings, and a
 * message in the server's language; the server's routine tells it.
 */
function isLost(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false
  if (error.code === '26000' || error.code === '42P05') return true
  return error.code === '0A000' && 'routine' in error && error.routine === 'RevalidateCachedQuery'
}

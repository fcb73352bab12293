import type { EpochMs, LedgerEntry } from '@pm/scheduler-core'
import type { StoreMeasures } from '@pm/scheduler-core/store'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Stage } from '../harness/scene.ts'
import { forAnyHistory } from './any-history.ts'
import { instant, STRETCH, stageHistory, telling } from './random-history.ts'
import { readable, recount, WINDOWS } from './recount.ts'

/** Instants at which measures are served; also those at which a run has just started, or not yet. */
const moments = fc.array(
  fc.oneof(
    instant.map((at) => () => at),
    telling([-1_000]),
  ),
  { minLength: 1, maxLength: 2 },
)

export function travellingInTime<S>(stage: Stage<S>): void {
  describe('time travel', () => {
    const timeout = 60_000 + 1_000 * stage.options.histories
    it('finds in the final rows, as of any instant, what was served at that instant', { timeout }, async () => {
      await forAnyHistory(stage, {
        given: moments,
        async check(scene, plot, picks) {
          const { playUntil } = await stageHistory(scene, plot)
          const served = new Map<EpochMs, ReturnType<typeof readable>>()
          for (const asOf of picks.map((pick) => pick(plot)).sort((a, b) => a - b)) {
            await playUntil(asOf)
            served.set(asOf, readable(await scene.measures(asOf, WINDOWS)))
          }
          await playUntil(Number.POSITIVE_INFINITY)

          const rows = await scene.entries()
          expect(rows).toHaveLength(plot.length)
          const atTheEnd = await scene.measures(STRETCH.to, WINDOWS)
          for (const [asOf, then] of served) {
            const past = plot.filter(({ settledAt }) => settledAt <= asOf)
            expect(recount(rowsAsOf(rows, asOf), past, asOf)).toEqual(then)
            expect(windowsOf(readable(await scene.measures(asOf, WINDOWS)))).toEqual(windowsOf(then))
          }
          // Reading, as of whatever instant, has changed nothing.
          expect(await scene.measures(STRETCH.to, WINDOWS)).toEqual(atTheEnd)
          expect(await scene.entries()).toEqual(rows)
        },
      })
    })
  })
}

/** The rows as they stood at an instant: without those that came later, and under way what was settled later. */
function rowsAsOf(rows: readonly LedgerEntry[], asOf: EpochMs): readonly LedgerEntry[] {
  return rows.flatMap((row) => {
    if (row.settledAt !== null && row.settledAt <= asOf) return [row]
    if (row.kind === 'unrun' || (row.queuedAt ?? row.startedAt) > asOf) return []
    const isQueued = row.queuedAt !== null && (row.queueWaitMs === null || row.startedAt > asOf)
    const state = isQueued ? 'queued' : 'running'
    return [{ ...row, state, settledAt: null, durationMs: null, calls: [] } as const]
  })
}

/** What is measured over windows, which later events do not change; a provider that was not asked in any is left out. */
function windowsOf({ jobs, providers }: Pick<StoreMeasures, 'providers'> & { readonly jobs: readonly WithWindows[] }) {
  return {
    jobs: jobs.map(({ job, windows }) => [job, windows]),
    providers: providers.flatMap(({ provider, windows }) =>
      Object.values(windows).some(({ calls }) => calls > 0) ? [[provider, windows]] : [],
    ),
  }
}

type WithWindows = Pick<StoreMeasures['jobs'][number], 'job' | 'windows'>

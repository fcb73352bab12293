import type { BackfillPreview } from '../../api/backfills.ts'
import type { TimeRange } from '../../api/queries.ts'
import type { EpochMs } from '../../clock.ts'
import { isMadeGood, planBackfill } from '../../plan/plan-backfill.ts'
import type { LedgerEntry, Run } from '../../run/ledger-entry.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { createRecordReader } from './record-reader.ts'
import { createStandReader } from './stand-reader.ts'
import { toRange } from './to-range.ts'

/** Says what a backfill would run, by the plan that the command itself follows. Changes nothing. */
export interface BackfillPreviewer {
  previewBackfill(job: string, range: TimeRange): Promise<BackfillPreview>
}

export function createBackfillPreviewer<S extends object>(context: SchedulerContext<S>): BackfillPreviewer {
  const { configuration, units, clock } = context
  const { assertKnown, readStand } = createStandReader<S>(context)
  const recordsOf = createRecordReader<S>(context)

  /** The runs of these due times: all that the ledger has, in as many reads as that takes. */
  async function runsOf(job: string, dueTimes: readonly EpochMs[]): Promise<readonly Run[]> {
    const entries: LedgerEntry[] = []
    let atOnce = dueTimes.length
    for (let done = 0; done < dueTimes.length; done += atOnce) {
      const records = await recordsOf(job, dueTimes.slice(done, done + atOnce))
      atOnce = records.count
      entries.push(...records.entries)
    }
    return entries.filter((entry) => entry.kind === 'run')
  }

  return {
    async previewBackfill(name, given) {
      await assertKnown(name)
      const range = toRange(given)
      const { jobs: stands } = await units.run('preview', readStand, { readOnly: true })
      const now = clock.now()
      const { cursor } = stands.find(({ job }) => job === name) ?? { cursor: now }
      const job = configuration.policiesOf(name) ?? configuration.retiredAs(name).job
      const { dueTimes, excluded, undecided } = planBackfill({ job, ...range, now, cursor })
      const runs = Map.groupBy(await runsOf(name, dueTimes), ({ scheduledFor }) => scheduledFor)
      const left = { succeeded: 0, running: 0, backfilled: 0, excluded, undecided }
      const wouldRun: EpochMs[] = []
      for (const due of dueTimes) {
        const why = whyNot(runs.get(due) ?? [])
        if (why) left[why]++
        else wouldRun.push(due)
      }
      return { dueTimes: wouldRun, queued: dueTimes.length, left }
    },
  }
}

/** Why a queued due time is passed over when its turn comes; `null` when it runs. */
function whyNot(runs: readonly Run[]): 'succeeded' | 'running' | 'backfilled' | null {
  const [last] = runs.filter(({ trigger }) => trigger !== 'backfill').sort((a, b) => b.startedAt - a.startedAt)
  if (isMadeGood(last)) return last?.state === 'succeeded' ? 'succeeded' : 'running'
  return runs.some(({ trigger }) => trigger === 'backfill') ? 'backfilled' : null
}

import { type EpochMs, toIso } from '../../clock.ts'
import { createUpcoming } from '../../plan/upcoming.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { createAuditor } from './auditor.ts'
import { createBackfillPreviewer } from './backfill-previewer.ts'
import { type Ask, createAsk } from './budgeted.ts'
import { createDueTimeLister } from './due-time-lister.ts'
import { createHistorian } from './historian.ts'
import { createInspector } from './inspector.ts'
import { createLister } from './lister.ts'

/** The questions whose answers are read from the store for each caller anew. */
type Questions = Pick<
  Scheduler,
  | 'audit'
  | 'history'
  | 'explain'
  | 'dueTimes'
  | 'listRuns'
  | 'listLog'
  | 'preview'
  | 'upcoming'
  | 'previewBackfill'
  | 'control'
>

/** All questions to one scheduler, out of one budget. */
export function createQuestions<S extends object>(context: SchedulerContext<S>): Questions {
  const ask: Ask<S> = createAsk<S>(context)
  const upcomingOf = createUpcoming()
  return {
    preview: (job, n, options) =>
      ask({ ...options, narrower: FEWER }, (asked) => createInspector<S>(asked, upcomingOf).preview(job, n, options)),
    upcoming: (n, options) =>
      ask({ ...options, narrower: FEWER }, (asked) => createInspector<S>(asked, upcomingOf).upcoming(n, options)),
    control: (options) =>
      ask({ ...options, narrower: () => 'about one job at a time' }, (asked) => createLister<S>(asked).control()),
    audit: (query, options) =>
      ask({ ...options, narrower: (reached) => auditOf(query, reached) }, (asked) =>
        createAuditor<S>(asked).audit(query),
      ),
    history: (query, options) =>
      ask({ ...options, narrower: () => 'fewer steps (from, to), or one job (job)' }, (asked) =>
        createHistorian<S>(asked).history(query),
      ),
    explain: (job, at, options) =>
      ask({ ...options, narrower: () => 'about an instant (at) that is nearer to the present' }, (asked) =>
        createInspector<S>(asked, upcomingOf).explain(job, at),
      ),
    dueTimes: (job, query, options) =>
      ask({ ...options, narrower: () => 'fewer due times (limit), or a shorter range (from, to)' }, (asked) =>
        createDueTimeLister<S>(asked).dueTimes(job, query),
      ),
    previewBackfill: (job, range, options) =>
      ask({ ...options, narrower: () => 'about a shorter range (from, to)' }, (asked) =>
        createBackfillPreviewer<S>(asked).previewBackfill(job, range),
      ),
    listRuns: (query, options) =>
      ask({ ...options, narrower: () => 'for fewer at a time (limit), or of one job (job)' }, (asked) =>
        createLister<S>(asked).listRuns(query),
      ),
    listLog: (query, options) =>
      ask({ ...options, narrower: () => 'for fewer at a time (limit), or of one job (job)' }, (asked) =>
        createLister<S>(asked).listLog(query),
      ),
  }
}

const FEWER = () => 'about fewer due times (n)'

/** The ledger is read from its end, so that the part which was read fits, and ends where the range ends. */
function auditOf({ job }: { readonly job?: string }, reached: EpochMs | null): string {
  const shorter = reached === null ? '' : `, such as one from ${toIso(reached + 1)}`
  return `of ${job === undefined ? 'one job (job), or of ' : ''}a shorter range (from, to)${shorter}`
}

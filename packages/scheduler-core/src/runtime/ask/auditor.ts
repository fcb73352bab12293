import type { AuditQuery } from '../../api/queries.ts'
import { type Audit, createAudit, type JobAudit, sumAudits } from '../../plan/audit.ts'
import type { LedgerQuery, ResultPage } from '../../ports/pages.ts'
import { isDueWithin } from '../../run/is-due-within.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { createStandReader } from './stand-reader.ts'
import { toRange } from './to-range.ts'

/** Compares the due times of every job, or of one, with the ledger. */
export interface Auditor {
  audit(query: AuditQuery): Promise<readonly JobAudit[]>
}

const PAGE = 500

export function createAuditor<S extends object>(context: SchedulerContext<S>): Auditor {
  const { scheduler, store, units, clock } = context
  const { assertKnown, readStand, readPast, keptFrom } = createStandReader<S>(context)

  /**
   * Passes the entries of all audits to them, page by page, until they need no more. One walk serves every job: a walk for
   * each would read the ledger as often as there are jobs.
   */
  async function walk(
    audits: ReadonlyMap<string, readonly Audit[]>,
    about: Pick<LedgerQuery, 'job' | 'jobs' | 'from' | 'to'>,
  ): Promise<void> {
    const judging = [...audits.values()].flat().filter(({ range }) => range !== null)
    let cursor: string | null = null
    while (judging.some(({ isComplete }) => !isComplete)) {
      const query: LedgerQuery = { scheduler, ...about, limit: PAGE, ...(cursor !== null && { cursor }) }
      const page: ResultPage<LedgerEntry> = await units.run('audit', (session) => store.listEntries(session, query), {
        readOnly: true,
      })
      for (const entry of page.items) passOn(entry, audits.get(entry.job) ?? [])
      cursor = page.nextCursor
      if (cursor === null) return
    }
  }

  return {
    async audit({ job: only, jobs: some, ...given }) {
      if (only !== undefined) await assertKnown(only)
      const range = toRange(given)
      const about = { ...(only !== undefined && { job: only }), ...(some && { jobs: some }) }
      // The cursors are read first: every due time before them then has its entry when the entries are read.
      const { jobs: stands } = await units.run('audit', readStand, { readOnly: true })
      const past = await units.run('audit', (session) => readPast(session, range.from, about), { readOnly: true })
      const byName = new Map(stands.map((stand) => [stand.job, stand]))
      const now = clock.now()
      const audits = new Map<string, Audit[]>()
      const wanted = only === undefined ? past.jobs : [only]
      for (const name of some ? wanted.filter((each) => some.includes(each)) : wanted) {
        const { since, cursor } = byName.get(name) ?? { since: null, cursor: now }
        const parts = past.erasOf(name).flatMap(({ after, upTo, schedule }) => {
          const [from, to] = [Math.max(range.from, after + 1), Math.min(range.to, upTo + 1)]
          if (from >= to) return []
          return [createAudit({ job: name, schedule, from, to, now, since, cursor, keptFrom: keptFrom() })]
        })
        audits.set(name, parts)
      }
      await walk(audits, { ...range, ...about })
      return [...audits.values()].map((parts) => sumAudits(parts.map((part) => part.result())))
    },
  }
}

function passOn(entry: LedgerEntry, audits: readonly Audit[]): void {
  for (const audit of audits) if (audit.range && isDueWithin(entry, audit.range)) audit.add(entry)
}

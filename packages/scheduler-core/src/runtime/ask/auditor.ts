import { type Audit, createAudit, type JobAudit, sumAudits } from '../../plan/audit.ts'
import type { LedgerQuery, ResultPage } from '../../ports/pages.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import type { AuditQuery } from '../../scheduler-api.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { createStandReader } from './stand-reader.ts'
import { toRange } from './to-range.ts'

/** Compares the due times of every job, or of one, with the ledger. */
export interface Auditor {
  audit(query: AuditQuery): Promise<readonly JobAudit[]>
}

const PAGE = 500

export function createAuditor<S extends object>(context: SchedulerContext<S>): Auditor {
  const { scheduler, jobs, store, units, clock } = context
  const { jobNamed, readStand, readChanges, erasOf, keptFrom } = createStandReader<S>(context)

  /** Passes the entries of the audit's range to it, page by page, until it needs no more. */
  async function walk(audit: Audit, job: string): Promise<void> {
    const { range } = audit
    let cursor: string | null = null
    do {
      if (!range || audit.isComplete) return
      const query: LedgerQuery = { scheduler, job, ...range, limit: PAGE, ...(cursor !== null && { cursor }) }
      const page: ResultPage<LedgerEntry> = await units.run('audit', (session) => store.listEntries(session, query), {
        readOnly: true,
      })
      for (const entry of page.items) audit.add(entry)
      cursor = page.nextCursor
    } while (cursor !== null)
  }

  return {
    async audit({ job: only, ...given }) {
      if (only !== undefined) jobNamed(only)
      const range = toRange(given)
      // The cursors are read first: every due time before them then has its entry when the entries are read.
      const { jobs: stands } = await units.run('audit', readStand, { readOnly: true })
      const log = await units.run('audit', (session) => readChanges(session, range.from), { readOnly: true })
      const byName = new Map(stands.map((stand) => [stand.job, stand]))
      const now = clock.now()
      const audits: JobAudit[] = []
      for (const job of only === undefined ? jobs.values() : [jobNamed(only)]) {
        const { name } = job
        const { since, cursor } = byName.get(name) ?? { since: null, cursor: now }
        const parts: JobAudit[] = []
        for (const { after, upTo, schedule } of erasOf(job, log)) {
          const [from, to] = [Math.max(range.from, after + 1), Math.min(range.to, upTo + 1)]
          if (from >= to) continue
          const audit = createAudit({ job: { name, schedule }, from, to, now, since, cursor, keptFrom: keptFrom() })
          await walk(audit, name)
          parts.push(audit.result())
        }
        audits.push(sumAudits(parts))
      }
      return audits
    },
  }
}

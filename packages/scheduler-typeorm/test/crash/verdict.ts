import { every, type LedgerEntry, systemClock } from '@pm/scheduler-core'
import { checkHistory, type HistoryLine, readHistory } from '@pm/scheduler-testing'
import { DataSource } from 'typeorm'

import { createTypeormSessions, createTypeormStore } from '../../src/index.ts'
import { dataSourceOptions } from '../data-source-options.ts'
import type { CrashLab } from './crash-lab.ts'
import { SWEEP_MS } from './instance.ts'
import { periodsOf } from './workload.ts'

export interface Evidence {
  readonly ledger: readonly LedgerEntry[]
  readonly history: readonly HistoryLine[]
}

/**
 * Compares the history of a lab with its ledger once all processes have ended. Rejects with every violation and all
 * history lines of the runs in it.
 */
export async function judge(lab: CrashLab): Promise<Evidence> {
  const { ledger, measures } = await readStore(lab)
  const history = readHistory(lab.historyPath)
  const periods = periodsOf(lab.workload)
  // A job without a period is on demand: it comes, goes and is forgotten, and has no due times.
  const jobs = measures.jobs.flatMap(({ job, cursor, lifetime }) => {
    const milliseconds = periods.get(job)
    return milliseconds === undefined
      ? []
      : [{ job, schedule: every({ milliseconds }), since: measures.since, cursor, lifetime }]
  })
  const violations = checkHistory({ history, ledger, jobs, sweepMs: SWEEP_MS })
  if (violations.length > 0) {
    const words = violations.map(({ kind, what }) => `${kind}: ${what}`)
    throw new Error([...words, ...linesAbout(words.join(), { ledger, history })].join('\n'))
  }
  return { ledger, history }
}

async function readStore({ url, scheduler }: CrashLab) {
  const dataSource = await new DataSource(dataSourceOptions(url, 1)).initialize()
  const store = createTypeormStore()
  try {
    return await createTypeormSessions(dataSource, { acquireTimeoutMs: 30_000 }).withSession(
      async (session) => ({
        ledger: (await store.listEntries(session, { scheduler, limit: 1_000_000 })).items,
        measures: await store.readMeasures(session, { scheduler, asOf: systemClock.now(), windowsMs: {} }),
      }),
      { readOnly: true },
    )
  } finally {
    await dataSource.destroy()
  }
}

/** The ledger entries and history lines of the runs that a text names, and the starts and ends of all processes. */
function linesAbout(text: string, { ledger, history }: Evidence): readonly string[] {
  const told = history.filter((line) => ('runId' in line ? text.includes(line.runId) : line.kind !== 'stalled'))
  return [...ledger.filter(({ id }) => text.includes(id)), ...told].map((line) => JSON.stringify(line))
}

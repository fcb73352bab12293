import { migrateScheduler } from '@pm/scheduler-typeorm'

import type { Postgres } from '../lab/postgres.ts'
import { median } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { Case } from './case.ts'
import { startCrew } from './crew.ts'
import { type MeasuredEngine, openEngines } from './engines.ts'
import { jobNames, openScheduler } from './ours.ts'
import { preciseNow } from './task.ts'

/** How long a run is away whose worker is killed while it takes it over. */
export const redeliveryCase: Case = async (postgres, { options, tell }) => {
  await migrateScheduler(postgres.dataSource)
  const rows: Row[] = []
  for (const engine of await openEngines()) {
    const times: number[] = []
    for (let kill = 0; kill < options.kills; kill++) {
      tell(`${engine.contender}, ${kill + 1} of ${options.kills}`)
      times.push(await killOne(postgres, engine))
    }
    await engine.close()
    rows.push({ contender: engine.contender, medianMs: median(times), worstMs: Math.max(...times) })
  }
  return { ...TABLE, rows }
}

async function killOne({ url, dataSource }: Postgres, { redisUrl }: MeasuredEngine): Promise<number> {
  const task = { url, redisUrl, jobs: 1, everyMs: null }
  const scheduler = await openScheduler(task, dataSource)
  try {
    await using victim = await startCrew([{ kind: 'worker', ...task, concurrency: 1, dies: true }])
    await using heir = await startCrew([{ kind: 'worker', ...task, concurrency: 1, dies: false }])
    victim.tell({ kind: 'go' })
    const [job = ''] = jobNames(1)
    await scheduler.runJob(job)
    await victim.ended
    const from = preciseNow()
    return (await heir.work(1)).lastAt - from
  } finally {
    await scheduler.close()
  }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'redelivery',
  title: 'A worker is killed while it takes a run over',
  columns: [
    { key: 'contender', title: 'engine' },
    { key: 'medianMs', title: 'begun elsewhere after', unit: 'ms' },
    { key: 'worstMs', title: 'worst', unit: 'ms' },
  ],
}

import type { RunBench } from '../bench.ts'
import { openPostgres } from '../lab/postgres.ts'
import type { Table } from '../result.ts'
import type { queueBench } from './bench.ts'
import type { Case } from './case.ts'
import { latencyCase } from './latency-case.ts'
import { redeliveryCase } from './redelivery-case.ts'
import { schedulerCase } from './scheduler-case.ts'
import { throughputCase } from './throughput-case.ts'

const CASES: Readonly<Record<string, Case>> = {
  throughput: throughputCase,
  latency: latencyCase,
  scheduler: schedulerCase,
  redelivery: redeliveryCase,
}

export const run: RunBench<typeof queueBench.options> = async (input) => {
  const tables: Table[] = []
  let postgresql = ''
  for (const name of input.options.cases) {
    const measure = CASES[name]
    if (measure === undefined) continue
    await using postgres = await openPostgres()
    postgresql = postgres.version
    tables.push(await measure(postgres, { ...input, tell: (progress) => input.tell(`${name}: ${progress}`) }))
  }
  return { tables, versions: { postgresql } }
}

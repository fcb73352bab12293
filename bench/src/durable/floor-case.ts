import { openBare } from './bare.ts'
import type { Build } from './build.ts'
import type { Case, CaseOptions, Table } from './case.ts'
import { type Contender, columnsOf, contest } from './contest.ts'
import type { Lab } from './lab.ts'
import { openLedger } from './ledger.ts'
import { workFor } from './workers.ts'

/** Claims and outcomes through the store, beside the floor, and the floor beside itself. */
export const floorCase: Case = async (lab, options) => {
  const tables: Table[] = []
  for (const size of options.sizes) tables.push(await compare(lab, options, size))
  return tables
}

async function compare(lab: Lab, { builds, rounds, ms }: CaseOptions, size: number): Promise<Table> {
  const bare = await openBare(lab)
  const ledgers = await Promise.all(builds.map((build) => ledgerContenders(lab, build, size)))
  const results = await contest([bare(size), ...ledgers.flat(), bare(size, 'bare again')], { rounds, ms })
  const [floor] = results
  const rows = results.map((result) => ({ contender: result.name, ...columnsOf(result, floor) }))
  return { title: size === 1 ? 'Claimed and settled, one by one' : `Claimed and settled in batches of ${size}`, rows }
}

/** Through the store of a build, on a schema of its own. */
export async function ledgerContenders(
  { dataSource, serverPid }: Lab,
  build: Build,
  size: number,
): Promise<readonly Contender[]> {
  const schema = `${build.name.replaceAll(' ', '_')}_${size}`
  const ledger = await openLedger(build, { dataSource, schema })
  return [false, true].map((lockJobs) => ({
    name: lockJobs ? `${build.name}, with lockJobs` : build.name,
    work: (ms) => workFor(ms, serverPid, (worker) => ledger.batch({ worker, size, lockJobs })),
  }))
}

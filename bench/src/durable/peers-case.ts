import { type Measured, timesOf } from '../lab/rounds.ts'
import { median } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import { openBare } from './bare.ts'
import type { Case } from './case.ts'
import { COMMON_COLUMNS, contest, rateOf, rowOf, type Slice } from './contest.ts'
import { ledgerWorkers } from './floor-case.ts'
import { openGraphileWorker } from './graphile-worker.ts'
import { openPgBoss } from './pg-boss.ts'

const SIZE = 500
const PG_BOSS_SIZES = [100, 500, 1_000]
const GRAPHILE = 'graphile-worker'
const GRAPHILE_IN_BATCHES = 'graphile-worker, completing in batches'

/** Claims and outcomes in batches of 500 beside two queues on the same server. */
export const peersCase: Case = async (postgres, { builds, options, tell }) => {
  const bare = await openBare(postgres)
  const ledgers = await Promise.all(builds.map((build) => ledgerWorkers(postgres, build, SIZE)))
  const ours = ledgers.flat()
  const pgBoss = await openPgBoss(postgres, PG_BOSS_SIZES)
  const graphile = await openGraphileWorker(postgres, { name: GRAPHILE, batches: false })
  const batching = await openGraphileWorker(postgres, { name: GRAPHILE_IN_BATCHES, batches: true })
  const peers = [pgBoss, graphile, batching]
  try {
    const workers = [...ours, ...peers.flatMap((peer) => peer.workers)]
    const results = await contest(bare(SIZE), workers, { ...options, tell })
    return [toTable(results, new Set(ours.map(({ name }) => name)))]
  } finally {
    for (const peer of peers) await peer.close()
  }
}

function toTable(results: readonly Measured<Slice>[], ours: ReadonlySet<string>): Table {
  const [floor] = results
  const columns = [
    ...COMMON_COLUMNS,
    { key: 'timesPgBoss', title: 'x pg-boss', unit: 'x' },
    { key: 'timesGraphile', title: 'x graphile', unit: 'x' },
    { key: 'timesBatching', title: 'x graphile in batches', unit: 'x' },
  ]
  const [pgBoss] = results
    .filter(({ name }) => name.startsWith('pg-boss'))
    .toSorted((a, b) => median(b.slices.map(rateOf)) - median(a.slices.map(rateOf)))
  const named = (wanted: string) => results.find(({ name }) => name === wanted)
  const besides = (each: Measured<Slice>): Row => ({
    timesPgBoss: timesOf(each, pgBoss, rateOf),
    timesGraphile: timesOf(each, named(GRAPHILE), rateOf),
    timesBatching: timesOf(each, named(GRAPHILE_IN_BATCHES), rateOf),
  })
  const rows = results.map((each) => ({ ...rowOf(each, floor), ...(ours.has(each.name) && besides(each)) }))
  return { name: 'peers', title: `Batches of ${SIZE} beside queues (x pg-boss: at its best size)`, columns, rows }
}

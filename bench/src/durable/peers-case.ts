import { median, spread } from '../http/ratios.ts'
import { openBare } from './bare.ts'
import type { Case, Table } from './case.ts'
import { columnsOf, contest, type Result, ratesOf, ratiosTo } from './contest.ts'
import { ledgerContenders } from './floor-case.ts'
import { openGraphileWorker } from './graphile-worker.ts'
import { openPgBoss } from './pg-boss.ts'

const SIZE = 500
const PG_BOSS_SIZES = [100, 500, 1_000]

/** Claims and outcomes in batches of 500 beside two queues on the same server. */
export const peersCase: Case = async (lab, { builds, rounds, ms }) => {
  const bare = await openBare(lab)
  const ledgers = await Promise.all(builds.map((build) => ledgerContenders(lab, build, SIZE)))
  const ours = ledgers.flat()
  const pgBoss = await openPgBoss(lab, PG_BOSS_SIZES)
  const graphile = await openGraphileWorker(lab, { name: 'graphile-worker', batches: false })
  const batching = await openGraphileWorker(lab, { name: 'graphile-worker, completing in batches', batches: true })
  const peers = [pgBoss, graphile, batching]
  const contenders = [bare(SIZE), ...ours, ...peers.flatMap((peer) => peer.contenders), bare(SIZE, 'bare again')]
  try {
    const results = await contest(contenders, { rounds, ms })
    return [toTable(results, new Set(ours.map(({ name }) => name)))]
  } finally {
    for (const peer of peers) await peer.close()
  }
}

function toTable(results: readonly Result[], ours: ReadonlySet<string>): Table {
  const named = (start: string) => results.filter(({ name }) => name.startsWith(start))
  const ratesOfBest = (found: readonly Result[]) => {
    return found.map(ratesOf).toSorted((a, b) => median(b) - median(a))[0] ?? []
  }
  const [floor] = results
  const peers = {
    'x pg-boss': ratesOfBest(named('pg-boss')),
    'x graphile': ratesOfBest(named('graphile-worker').slice(0, 1)),
    'x graphile in batches': ratesOfBest(named('graphile-worker,')),
  }
  const rows = results.map((result) => ({
    contender: result.name,
    ...columnsOf(result, floor),
    ...(ours.has(result.name) &&
      Object.fromEntries(
        Object.entries(peers).map(([column, rates]) => [column, spread(ratiosTo(ratesOf(result), rates))]),
      )),
  }))
  return { title: `Batches of ${SIZE} beside queues (x pg-boss: at its best size)`, rows }
}

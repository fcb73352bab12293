import { setTimeout as sleep } from 'node:timers/promises'

import type { LabProcess } from '@pm/testlab'
import { expect, it } from 'vitest'

import { migrateScheduler } from '../../src/index.ts'
import { createTestBed } from '../test-bed.ts'
import { COUNTS, STOPPED_AT_ONCE } from './counts.ts'
import { type CrashLab, createCrashLab } from './crash-lab.ts'
import { figuresOf } from './figures.ts'
import { LEASE_MS } from './instance.ts'
import { judge } from './verdict.ts'
import type { WorkloadName } from './workload.ts'

const MINUTE = 60_000

const bed = await createTestBed()
const dataSource = await bed.open()
await migrateScheduler(dataSource)

it.each(['read committed', 'serializable'])(
  'three processes that are killed at any moment lose nothing and start nothing twice, on a server that defaults to %s',
  async (isolation) => {
    const [{ name }] = await dataSource.query('SELECT current_database() AS name')
    await dataSource.query(`ALTER DATABASE ${name} SET default_transaction_isolation = '${isolation}'`)
    await using lab = await createLab(`kills-${isolation.replace(' ', '-')}`, 'mixed')
    let left = COUNTS.kills
    async function killAgainAndAgain(): Promise<void> {
      while (left-- > 0) {
        const victim = await lab.start()
        await sleep(Math.random() * 1_500)
        await victim.kill()
      }
    }
    await Promise.all([killAgainAndAgain(), killAgainAndAgain(), killAgainAndAgain()])
    await lab.recover()
    const evidence = await judge(lab)
    report(`${COUNTS.kills} kills, ${isolation}`, evidence)
    expect(evidence.ledger.some(({ state }) => state === 'orphaned')).toBe(true)
  },
  10 * MINUTE,
)

it(
  'processes that are stopped for three leases find their writes refused and their handlers aborted',
  async () => {
    await using lab = await createLab('stops', 'long')
    // It leaves the other jobs to those that are stopped, however quick it is to claim.
    const survivor = await lab.openHere({ concurrency: 1 })
    const processes = await startMany(lab, STOPPED_AT_ONCE)
    for (let round = 0; round < COUNTS.stopRounds; round++) {
      await sleep(500 + Math.random() * 500)
      for (const each of processes) each.stop()
      await sleep(3 * LEASE_MS)
      for (const each of processes) each.continue()
    }
    await sleep(2 * LEASE_MS)
    await Promise.all(processes.map((each) => each.close()))
    await lab.finish(survivor)
    const evidence = await judge(lab)
    const figures = report(`${COUNTS.stopRounds * STOPPED_AT_ONCE} stops`, evidence)
    expect(figures.states['orphaned']).toBeGreaterThan(0)
    expect(figures.fenced + figures.aborted).toBeGreaterThan(0)
  },
  15 * MINUTE,
)

it(
  'five instances share a database: each due time runs once, and none is missing',
  async () => {
    await using lab = await createLab('five', 'many')
    const processes = await startMany(lab, 5)
    const perSecond = 20 * 5
    await sleep((COUNTS.dueTimes / perSecond) * 1_000 + 500)
    await Promise.all(processes.map((each) => each.close()))
    await lab.recover()
    const evidence = await judge(lab)
    const { states } = report(`${COUNTS.dueTimes} due times on five instances`, evidence)
    expect(states['succeeded']).toBeGreaterThanOrEqual(COUNTS.dueTimes)
    const started = new Set(evidence.history.filter(({ kind }) => kind === 'start').map(({ process }) => process))
    expect(started.size).toBeGreaterThanOrEqual(5)
  },
  15 * MINUTE,
)

function createLab(name: string, workload: WorkloadName): Promise<CrashLab> {
  return createCrashLab({ url: bed.url, scheduler: name, workload })
}

function startMany(lab: CrashLab, count: number): Promise<readonly LabProcess[]> {
  return Promise.all(Array.from({ length: count }, () => lab.start()))
}

function report(what: string, evidence: Parameters<typeof figuresOf>[0]) {
  const figures = figuresOf(evidence)
  console.log(what, figures)
  return figures
}

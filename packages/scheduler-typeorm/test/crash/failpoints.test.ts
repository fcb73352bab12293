import { FAILPOINTS } from '@pm/scheduler-testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { migrateScheduler } from '../../src/index.ts'
import { createTestBed, type TestBed } from '../test-bed.ts'
import { createCrashLab, type StartOptions } from './crash-lab.ts'
import { judge } from './verdict.ts'

vi.setConfig({ maxConcurrency: 8 })

let bed: TestBed

beforeAll(async () => {
  bed = await createTestBed()
  const dataSource = await bed.open()
  await migrateScheduler(dataSource)
  await dataSource.destroy()
})
afterAll(() => bed[Symbol.asyncDispose]())

/** What a loop does over and over is struck when there is something to do. */
const BUSY =
  /store:(lockJobs|record|renew|settle|lockExpired|readControl)|unit:(tick|renew|settle|rescue|watch|job)|handler/

describe.concurrent('a process that is killed', { timeout: 60_000 }, () => {
  it.for(FAILPOINTS)('at %s leaves nothing that the next one does not make good', async (at, { expect }) => {
    await using lab = createLab(at)
    expect(await signalOfEnd(lab, { failpoint: { at, nth: BUSY.test(at) ? 4 : 1 }, commands: true })).toBe('SIGKILL')
    await lab.recover()
    await judge(lab)
  })

  it.for([
    'store:lockExpired:after',
    'store:settle:before',
    'store:settle:after',
    'store:record:after',
    'unit:rescue:before-commit',
    'unit:rescue:after-commit',
  ] as const)('at %s while it rescues what another left is made good by a third', async (at, { expect }) => {
    await using lab = createLab(`rescue-${at}`)
    await signalOfEnd(lab, { failpoint: { at: 'handler:inside', nth: 5 } })
    // The lease of the dead one's runs ends with the first sweeps of the second, which are struck late enough.
    const nth = at.startsWith('store:settle') || at.startsWith('store:record') ? 1 : 7
    expect(await signalOfEnd(lab, { failpoint: { at, nth, during: 'rescue' } })).toBe('SIGKILL')
    await lab.recover()
    const { ledger } = await judge(lab)
    expect(ledger.some(({ state }) => state === 'orphaned')).toBe(true)
  })
})

function createLab(name: string) {
  return createCrashLab({ url: bed.url, scheduler: `crash-${name}`.toLowerCase(), workload: 'mixed' })
}

async function signalOfEnd(lab: ReturnType<typeof createLab>, options: StartOptions): Promise<NodeJS.Signals | null> {
  const process = await lab.start(options)
  const signal = await process.ended
  if (signal === null) expect(process.complaints).toBe('')
  return signal
}

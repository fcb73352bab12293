import { createStallMeter } from '@pm/testlab'
import { expect, it, onTestFinished } from 'vitest'

import { createTestBed, openStore } from '../test-bed.ts'
import { SECONDLY, workUnderLoad } from './under-load.ts'

const COUNT = process.env['SOAK'] === '1' ? 10_000 : 500

const bed = await createTestBed()

it(`makes, changes and removes ${COUNT} jobs of a template while others run every second, and forgets none`, async () => {
  const [dataSource, other] = [await bed.open(), await bed.open()]
  const { schema } = await openStore(dataSource)
  const meter = createStallMeter({ probe: () => dataSource.query('SELECT 1') })
  onTestFinished(meter.stop)
  const { stretches, unexplained, missed, skipped, givenUp, knownBeside } = await workUnderLoad({
    dataSources: [dataSource, other],
    schema,
    jobs: COUNT,
    idleMs: COUNT === 500 ? 2_000 : 20_000,
  })
  for (const { what, tookMs, latestMs, medianMs, turnMs, runs } of stretches) {
    console.log(
      `${what.padEnd(12)} ${tookMs.toFixed(0).padStart(7)} ms; ${runs} runs, latest ${latestMs} ms, median ${medianMs} ms, longest turn ${turnMs.toFixed(1)} ms`,
    )
  }
  const [alone] = stretches
  const latestMs = Math.max(...stretches.map((one) => one.latestMs))
  console.log(
    `latest ${(latestMs / (alone?.latestMs ?? 1)).toFixed(1)} times as alone; ${missed} due times missed, ${skipped} skipped, ${givenUp} given up`,
  )
  expect(unexplained).toEqual([])
  // The machine may stand still for longer than the grace of a second: then that much is missed, and told.
  expect(missed).toBeLessThanOrEqual(SECONDLY * Math.ceil(meter.totalMs / 1_000))
  expect(knownBeside).toBe(COUNT)
})

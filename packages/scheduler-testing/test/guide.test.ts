import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { defineJob, every, toAdminStatus, toMarketDataStatusV2 } from '@pm/scheduler-core'
import {
  createManualScheduler,
  expectConsistentViews,
  expectStandardMetrics,
  playTrace,
  readStatus,
  TRACES,
} from '@pm/scheduler-testing'
import '@pm/scheduler-testing/vitest'
import { expect, it, onTestFinished } from 'vitest'

const MINUTE = 60_000
const [firstTrace] = TRACES

it('runs a job from due time to due time', async () => {
  let tries = 0
  const recalculate = defineJob({
    name: 'recalculate',
    schedule: every({ minutes: 15 }),
    handler: () => (++tries === 4 ? Promise.reject(new Error('No prices')) : undefined),
  })
  const manual = await createManualScheduler({ jobs: [recalculate] })
  await manual.runToNextDue()
  await manual.advance(60 * MINUTE)
  expect((await manual.ledger()).map(({ state }) => state)).toEqual([
    'succeeded',
    'failed',
    'succeeded',
    'succeeded',
    'succeeded',
  ])
  await manual.close()
})

it("holds one's own endpoint to the definitions, and two of them to each other", async () => {
  const played = await playTrace(firstTrace)
  const reading = await played.scheduler.snapshot({ maxAgeMs: 0 })
  const [admin, marketData] = [toAdminStatus(reading.snapshot), toMarketDataStatusV2(reading)]
  await played.close()
  const server = createServer((_, response) => void response.end(JSON.stringify(admin))).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => void server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  expectStandardMetrics(await readStatus(`${url}/status`), 'admin-v1')
  expectConsistentViews({ view: 'admin-v1', response: admin }, { view: 'market-data-v2', response: marketData })
  expect(admin).toBeStandardMetrics('admin-v1')
  expect({ view: 'admin-v1', response: admin }).toAgreeWithView({ view: 'market-data-v2', response: marketData })
})

it('holds every trace to its golden numbers', async () => {
  for (const trace of TRACES) {
    const played = await playTrace(trace)
    expectStandardMetrics(toAdminStatus(await played.snapshot()), 'admin-v1', { golden: trace.golden })
    await played.close()
  }
})

it.each(['docs/guides/testing.md', 'README.md'])('is what %s shows', (page) => {
  const folder = new URL('.', import.meta.url)
  const code = ['guide.test.ts', 'readme.test.ts'].map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')
  const text = readFileSync(new URL(`../../../${page}`, folder), 'utf8')
  const shown = [...text.matchAll(/```ts\n(.*?)```/gs)]
    .map(([, block = '']) => block)
    .filter((block) => /expect/.test(block))
  expect(shown.length).toBeGreaterThan(0)
  for (const block of shown) expect(flat(code)).toContain(flat(block))
})

/** Without what a formatter decides, and without lines of comment. */
function flat(code: string): string {
  return code
    .replace(/^ *\/\/.*$/gm, '')
    .replace(/\s+/g, '')
    .replaceAll(',]', ']')
    .replaceAll(',)', ')')
    .replaceAll(',}', '}')
}

import { toAdminStatus, toAdminStatusV2 } from '@pm/scheduler-core'
import { playTrace, TRACES } from '@pm/scheduler-testing'

const [trace] = TRACES

async function responses() {
  const manual = await playTrace(trace)
  const reading = await manual.scheduler.snapshot({ maxAgeMs: 0 })
  await manual.close()
  return { v1: toAdminStatus(reading.snapshot), v2: toAdminStatusV2(reading) }
}

it('has nothing to say against responses of one snapshot', async () => {
  const { v1, v2 } = await responses()
  expect(v1).toBeStandardMetrics('admin-v1', { golden: trace.golden })
  expect({ view: 'admin-v1', response: v1 }).toAgreeWithView({ view: 'admin-v2', response: v2 })
  expect({ ...v1, failed_runs: 1 }).not.toBeStandardMetrics('admin-v1')
})

it('names what is wrong with a response', async () => {
  const { v1 } = await responses()
  expect({ ...v1, success_rate: 98.3 }).toBeStandardMetrics('admin-v1')
})

it('names where two responses disagree', async () => {
  const { v1, v2 } = await responses()
  expect({ view: 'admin-v1', response: { ...v1, total_runs: 4 } }).toAgreeWithView({ view: 'admin-v2', response: v2 })
})

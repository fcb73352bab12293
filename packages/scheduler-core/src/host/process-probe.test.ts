import { createManualClock } from '@pm/scheduler-testing'
import { expect, it, onTestFinished, vi } from 'vitest'

import { createProcessProbe, type RuntimeVersions, timeZoneDataOfRuntime } from './process-probe.ts'

it('Node measures how late its event loop is', async () => {
  const probe = probeUnder({ node: '24.21.0' })
  await vi.waitFor(() => expect(probe.read().eventLoopDelayP99Ms).toEqual(expect.any(Number)))
})

it('a long turn of the event loop is told, also when the probe is read in the midst of it', async () => {
  const probe = probeUnder({ node: '24.21.0' })
  await vi.waitFor(() => expect(probe.read().eventLoopDelayMaxMs).not.toBeNull())
  const told: (number | null)[] = []
  for (let reading = 1; reading <= 3; reading++) {
    block(100)
    told.push(probe.read().eventLoopDelayMaxMs)
  }
  await vi.waitFor(() => {
    told.push(probe.read().eventLoopDelayMaxMs)
    expect(Math.max(...told.map(Number))).toBeGreaterThan(250)
  })
})

it.each([
  { runtime: 'Deno', versions: { node: '24.2.0', deno: '2.5.0' } },
  { runtime: 'Bun', versions: { node: '24.3.0', bun: '1.4.0' } },
])('$runtime, whose histogram holds something else, says nothing rather than a wrong number', async ({ versions }) => {
  const [node, probe] = [probeUnder({ node: '24.21.0' }), probeUnder(versions)]
  // By then the histogram of another probe has its first values.
  await vi.waitFor(() => expect(node.read().eventLoopDelayMaxMs).not.toBeNull())
  const reading = probe.read()
  expect(reading).toMatchObject({ eventLoopDelayP50Ms: null, eventLoopDelayP99Ms: null, eventLoopDelayMaxMs: null })
  expect(reading.rssBytes).toBeGreaterThan(0)
})

it('the version of the time zone data is what Node says, and unknown where a runtime says nothing or not the truth', () => {
  expect(timeZoneDataOfRuntime()).toBe(process.versions['tz'])
  expect(timeZoneDataOfRuntime({ node: '24.21.0', tz: '2026c' })).toBe('2026c')
  expect(timeZoneDataOfRuntime({ node: '24.21.0' })).toBeNull()
  // Deno 2.9.6 has the data of 2025b.
  expect(timeZoneDataOfRuntime({ node: '26.3.0', deno: '2.9.6', tz: '2026b' })).toBeNull()
  expect(timeZoneDataOfRuntime({ node: '24.3.0', bun: '1.4.5' })).toBeNull()
})

function probeUnder(versions: RuntimeVersions) {
  const probe = createProcessProbe(createManualClock(), versions)
  onTestFinished(() => probe.stop())
  probe.start()
  return probe
}

function block(ms: number): void {
  const began = performance.now()
  while (performance.now() - began < ms);
}

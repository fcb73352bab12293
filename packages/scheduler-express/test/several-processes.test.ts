import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import { createScheduler, every } from '@pm/scheduler-core'
import { createStatusClient, type StatusClient } from '@pm/scheduler-core/client'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import { createStallMeter } from '@pm/testlab'
import express from 'express'
import { DataSource } from 'typeorm'
import { expect, it, onTestFinished } from 'vitest'

import { adminSchedulerRouter } from '../src/index.ts'

/** How long after a command on one process the streams of another may take to show it. */
const BOUND_MS = 2_000

it('a command on one process reaches the streams of another within two seconds', async () => {
  const { url, drop } = await createTestDatabase()
  onTestFinished(drop)
  const [here, there] = [await openProcess(url), await openProcess(url)]
  const meter = createStallMeter({ probe: () => there.dataSource.query('SELECT 1') })
  onTestFinished(() => meter.stop())
  const told: string[] = []
  const follower = there.client.admin.subscribe({
    onStatus: ({ state, total_runs: total }) => void told.push(`${state}, ${total} runs`),
  })
  onTestFinished(() => follower.close())
  await expect.poll(() => told).toEqual(['running, 0 runs'])

  const seen = async (status: string, command: () => Promise<unknown>) => {
    const stalledMs = meter.totalMs
    const from = performance.now()
    await command()
    await expect.poll(() => told.at(-1), { timeout: 20_000, interval: 5 }).toBe(status)
    expect(performance.now() - from).toBeLessThan(BOUND_MS + meter.totalMs - stalledMs)
  }
  await seen('running, 1 runs', () => here.client.admin.runJob('poll'))
  await seen('running, 2 runs', () => here.client.admin.runJob('poll'))
  await seen('paused, 2 runs', () => here.client.admin.pause())
  await seen('running, 2 runs', () => here.client.admin.resume())
  expect(follower.connection).toBe('live')
})

/** Stands for one process of a host, with its own DataSource, scheduler and server. */
async function openProcess(url: string): Promise<{ readonly client: StatusClient; readonly dataSource: DataSource }> {
  const dataSource = await new DataSource({ type: 'postgres', url, installExtensions: false }).initialize()
  onTestFinished(() => dataSource.destroy())
  await migrateScheduler(dataSource)
  const scheduler = createScheduler({
    name: 'market_data_scheduler',
    jobs: [{ name: 'poll', schedule: every({ minutes: 15 }), handler: (context) => context.report({ processed: 8 }) }],
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore(),
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close())
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const app = express().use('/api/v1/admin/scheduler', adminSchedulerRouter(scheduler, { authorize, control: true }))
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()))
  const { port } = server.address() as AddressInfo
  return { client: createStatusClient({ baseUrl: `http://127.0.0.1:${port}` }), dataSource }
}

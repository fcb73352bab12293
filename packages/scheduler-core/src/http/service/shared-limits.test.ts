import { createManualClock } from '@pm/scheduler-testing'
import { expect, it, onTestFinished } from 'vitest'

import { createMemoryBackend } from '../../memory/create-memory-backend.ts'
import { createScheduler } from '../../scheduler.ts'
import { createFetchHandler } from './create-fetch-handler.ts'

async function openMounts() {
  const clock = createManualClock()
  const { sessions, store } = createMemoryBackend()
  const scheduler = createScheduler({ name: 'desk', jobs: [], sessions, store, clock })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  const authorize = (request: Request) =>
    ({ allow: true, principal: { name: request.headers.get('x-name') ?? 'ada' } }) as const
  const mounts = [{}, { version: 'v2' as const }, { basePath: '/again' }].map((more) => ({
    base: 'basePath' in more ? more.basePath : '',
    handle: createFetchHandler(scheduler, { view: 'admin', control: true, authorize, ...more }),
  }))
  let turn = 0
  /** Commands through one mount after another. */
  function command(name: string, key?: string): Promise<Response> {
    const { base = '', handle } = mounts[turn++ % mounts.length] ?? {}
    const headers = { 'x-name': name, ...(key !== undefined && { 'idempotency-key': key }) }
    if (!handle) throw new Error('There is no mount.')
    return handle(new Request(`http://localhost${base}/start`, { method: 'POST', headers }))
  }
  return { clock, command }
}

it('one principal has one limit over all routers of a scheduler, and others have theirs', async () => {
  const { clock, command } = await openMounts()
  const statuses = []
  for (let time = 0; time < 25; time++) statuses.push((await command('ada')).status)
  expect(statuses).toEqual([...Array<number>(20).fill(200), ...Array<number>(5).fill(429)])
  expect((await command('bob')).status).toBe(200)
  const refused = await command('ada')
  expect(refused.headers.get('retry-after')).toBe('1')
  await clock.advance(1_000)
  expect((await command('ada')).status).toBe(200)
})

it('a repeat with its key is a command, too', async () => {
  const { command } = await openMounts()
  const answers = []
  for (let time = 0; time < 22; time++) answers.push(await command('ada', 'one'))
  expect(answers.filter(({ headers }) => headers.has('idempotent-replayed'))).toHaveLength(19)
  expect(answers.slice(20).map(({ status }) => status)).toEqual([429, 429])
})

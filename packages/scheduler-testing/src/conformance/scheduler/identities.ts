import type { Scheduler } from '@pm/scheduler-core'
import { createFetchHandler } from '@pm/scheduler-core/http'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { minutely, openStage, type Stage } from './stage.ts'

/** What names a snapshot names one alone, whoever took it and when. */
export function namesEachSnapshotOnce<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('shares no ETag with a process that started in the same millisecond', async () => {
    const [one, other] = await twins(await openStage(createHarness))
    const etag = (await ask(one, '/status')).headers.get('etag') ?? ''
    const again = await ask(one, '/status', { 'if-none-match': etag })
    expect(again.status).toBe(304)
    const answer = await ask(other, '/status', { 'if-none-match': etag })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('etag')).not.toBe(etag)
  })

  it('goes on with an event id of its own process, and sends the whole status after one of another', async () => {
    const [one, other] = await twins(await openStage(createHarness))
    const { id } = (await one.snapshot()).snapshot
    expect(id).toMatch(/^[\da-f]{16}-\d+$/)
    expect((await other.snapshot()).snapshot.id).not.toBe(id)
    expect(await firstEvent(one, id)).toBe(null)
    expect(await firstEvent(other, id)).toBe((await other.snapshot()).snapshot.id)
  })
}

async function twins<S extends object>(stage: Stage<S>): Promise<readonly [Scheduler, Scheduler]> {
  const twin = () => stage.instance({ jobs: [minutely(() => {})] })
  const both = [twin(), twin()] as const
  for (const scheduler of both) await scheduler.open()
  await stage.pass(0)
  return both
}

async function ask(scheduler: Scheduler, path: string, headers: Record<string, string> = {}): Promise<Response> {
  const handler = createFetchHandler(scheduler, {
    view: 'admin',
    version: 'v2',
    authorize: () => ({ allow: true, principal: { name: 'ada' } }),
  })
  return handler(new Request(`http://localhost${path}`, { headers }))
}

/** The id of the event that the stream begins with; `null` when it begins with none. */
async function firstEvent(scheduler: Scheduler, lastEventId: string): Promise<string | null> {
  const { body } = await ask(scheduler, '/events', { accept: 'text/event-stream', 'last-event-id': lastEventId })
  if (body === null) throw new Error('The stream has no body.')
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  const heartbeat = await reader.read()
  // What a stream begins with is there when it opens.
  const begun = await Promise.race([reader.read(), new Promise<null>((resolve) => setImmediate(resolve, null))])
  await reader.cancel()
  return /^id: (.*)$/m.exec(`${heartbeat.value}${begun?.value ?? ''}`)?.[1] ?? null
}

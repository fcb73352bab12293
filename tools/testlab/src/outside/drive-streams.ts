import assert from 'node:assert/strict'

import { ask, type Target } from './ask.ts'
import { ADMIN, eventually, MARKET_DATA } from './drive-routes.ts'
import { openStream, type Stream } from './stream.ts'

/** What a principal may have open at a time by default. */
const PLACES = 50
const FIRST_BYTES_MS = 10_000
/** Below the ten seconds after which Bun cuts a silent connection. */
const HEARTBEAT_MS = 9_000

/**
 * Event streams as somebody outside of the process sees them: the first event, heartbeats, resuming, and that the server
 * notices who has gone. `idleMs` is how long a stream has to live on heartbeats alone.
 */
export async function driveStreams(target: Target, { idleMs = 0 }: { readonly idleMs?: number } = {}): Promise<void> {
  for (const view of [ADMIN, MARKET_DATA]) {
    const stream = await openStream(target, `${view}/events`)
    assert.deepEqual([stream.status, stream.headers['content-type']], [200, 'text/event-stream'])
    assert.equal(stream.headers['content-encoding'], undefined, 'nothing on the way compresses it')
    await stream.until(/^: {4093}\n\nid: [0-9a-f-]+\nevent: status\ndata: \{.*\}\n\n/, FIRST_BYTES_MS)
    stream.leave()
  }
  await driveResumption(target, idleMs)
  await driveHangUps(target)
}

/** Who has the latest event gets heartbeats and nothing else while nothing changes; a command is told at once. */
async function driveResumption(target: Target, idleMs: number): Promise<void> {
  await ask(target, `${ADMIN}/pause`, { method: 'POST', body: { why: 'so that nothing changes' } })
  const first = await openStream(target, `${ADMIN}/events`)
  const id = /^id: (.*)$/m.exec(await first.until(/^id: .*$/m, FIRST_BYTES_MS))?.[1]
  const began = Date.now()
  first.leave()
  const stream = await openStream(target, `${ADMIN}/events`, { 'last-event-id': String(id) })
  await stream.until(/\n\n:\n\n/, HEARTBEAT_MS)
  const beats = new RegExp(`(?::\\n\\n[^]*?){${Math.ceil(idleMs / 5_000)}}$`)
  await stream.until(beats, idleMs + HEARTBEAT_MS)
  assert.ok(idleMs === 0 || Date.now() - began >= idleMs - 5_000)
  await ask(target, `${ADMIN}/resume`, { method: 'POST' })
  await stream.until(/"state":"running"/, HEARTBEAT_MS)
  stream.leave()
}

/** Every place is taken, and free again once its reader has gone. */
async function driveHangUps(target: Target): Promise<void> {
  for (let round = 0; round < 2; round++) {
    const streams: Stream[] = []
    for (let place = 0; place < PLACES; place++)
      await eventually(`place ${place} of round ${round}`, async () => {
        const stream = await openStream(target, `${ADMIN}/events`)
        streams.push(stream)
        return stream.status === 200
      })
    const refused = await ask(target, `${ADMIN}/events`)
    assert.deepEqual([refused.status, refused.json()['code']], [503, 'TOO_MANY_STREAMS'])
    assert.ok(Number(refused.headers['retry-after']) > 0)
    for (const stream of streams) stream.leave()
  }
}

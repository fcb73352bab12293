import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

import { every, type OnRunError } from '@pm/scheduler-core'
import { createManualScheduler } from '@pm/scheduler-testing'
import { expect, it, onTestFinished } from 'vitest'

interface Tracker {
  captureException(error: unknown, hint: object): void
}

// The recipes of the guide, word for word.
const withoutCustomers = (text: string) => text.replaceAll(/customer \d+/g, 'customer [redacted]')

const reportTo =
  (tracker: Tracker): OnRunError =>
  (error, { job, runId, attempt, state, stored, scheduler }) => {
    if (state === 'cancelled') return
    tracker.captureException(error, {
      tags: { scheduler, job, state, code: stored?.code },
      extra: { runId, attempt },
      fingerprint: [scheduler, job, stored?.code ?? state],
    })
  }

const postTo =
  (url: string): OnRunError =>
  async (_error, { scheduler, job, runId, state, attempt, stored }) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': runId },
      body: JSON.stringify({ scheduler, job, runId, state, attempt, error: stored }),
      signal: AbortSignal.timeout(5_000),
    })
    if (!response.ok) throw new Error(`The webhook answered ${response.status}`)
  }

const thrown = Object.assign(new Error('no quote, with the key hunter2'), { code: 'NO_QUOTE' })

async function failWith(onRunError: OnRunError) {
  const handler = () => Promise.reject(thrown)
  const jobs = [{ name: 'poll', schedule: every({ minutes: 1 }), handler }]
  const manual = await createManualScheduler({ jobs, onRunError, secrets: ['hunter2'] })
  onTestFinished(manual.close)
  await manual.runToNextDue()
  const [run] = await manual.ledger()
  return { id: run?.id, scheduler: manual.scheduler.name }
}

it('sends what was thrown to an error tracker', async () => {
  const captured: unknown[] = []
  const { id, scheduler } = await failWith(reportTo({ captureException: (...told) => void captured.push(told) }))
  expect(captured).toEqual([
    [
      thrown,
      {
        tags: { scheduler, job: 'poll', state: 'failed', code: 'NO_QUOTE' },
        extra: { runId: id, attempt: 1 },
        fingerprint: [scheduler, 'poll', 'NO_QUOTE'],
      },
    ],
  ])
})

it('posts a failed run to a webhook, without its secrets', async () => {
  const posted = Promise.withResolvers<{ readonly key: unknown; readonly body: unknown }>()
  const server = createServer((request, response) => {
    const read = json(request).then((body) => ({ key: request.headers['idempotency-key'], body }))
    posted.resolve(read.finally(() => response.end()))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => void server.once('listening', resolve))
  const { port } = server.address() as AddressInfo

  const { id, scheduler } = await failWith(postTo(`http://127.0.0.1:${port}/`))
  const error = { code: 'NO_QUOTE', name: 'Error', message: 'no quote, with the key [redacted]' }
  expect(await posted.promise).toEqual({
    key: id,
    body: { scheduler, job: 'poll', runId: id, state: 'failed', attempt: 1, error },
  })
})

it('a rule of the host takes out more, after the secrets', async () => {
  const manual = await createManualScheduler({
    secrets: ['made-up-key'],
    redact: withoutCustomers,
    jobs: [
      {
        name: 'poll',
        schedule: every({ minutes: 1 }),
        handler: () => Promise.reject(new Error('customer 12 has no made-up-key')),
      },
    ],
  })
  onTestFinished(manual.close)
  await manual.runToNextDue()
  const [run] = (await manual.scheduler.listRuns()).items
  expect(run).toMatchObject({ error: { message: 'customer [redacted] has no [redacted]' } })
})

it('is what docs/guides/failures.md shows', () => {
  const page = readFileSync(new URL('../../../docs/guides/failures.md', import.meta.url), 'utf8')
  const code = readFileSync(new URL(import.meta.url), 'utf8')
  const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, block = '']) =>
    block.replaceAll(/^import .*\n+/gm, '').trim(),
  )
  expect(blocks).toHaveLength(3)
  for (const block of blocks) expect(code).toContain(block)
})

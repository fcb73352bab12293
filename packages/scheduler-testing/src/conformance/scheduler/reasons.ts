import { createServer } from 'node:net'

import type { StoredError } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

/** What the ledger keeps of what handlers throw. */
export function keepsReasons<S extends object>(createHarness: CreateStoreHarness<S>): void {
  /** The error that the ledger has of a run whose handler threw this. */
  async function storedOf(thrown: unknown, options: { readonly storeStacks?: boolean } = {}) {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => Promise.reject(thrown), { with: { secrets: ['hunter2'], ...options } })
    await stage.pass(MINUTE)
    const [run] = runs(await stage.ledger(scheduler))
    return run?.error
  }

  it('names the refused connection behind a failed fetch', async () => {
    const { thrown, port } = await failedFetch()
    expect(thrown).toMatchObject({ name: 'TypeError', message: 'fetch failed' })
    const error = await storedOf(thrown)
    expect(error).toMatchObject({ code: 'ECONNREFUSED', name: 'TypeError', message: 'fetch failed' })
    expect(error?.causes?.[0]).toMatchObject({ kind: 'cause', depth: 1, code: 'ECONNREFUSED' })
    expect(error?.causes?.[0]?.message).toContain(`127.0.0.1:${port}`)
  })

  it('names every rejection of a Promise.any', async () => {
    const rejections = [new Error('the first source is down'), new RangeError('the second has no such symbol')]
    const thrown = await Promise.any(rejections.map((error) => Promise.reject(error))).catch((error: unknown) => error)
    expect(await storedOf(thrown)).toEqual({
      code: 'HANDLER_FAILED',
      name: 'AggregateError',
      message: 'All promises were rejected',
      causes: [
        { kind: 'inner', depth: 1, code: null, name: 'Error', message: 'the first source is down' },
        { kind: 'inner', depth: 1, code: null, name: 'RangeError', message: 'the second has no such symbol' },
      ],
    })
  })

  const SAID: readonly (readonly [what: string, thrown: unknown, stored: StoredError])[] = [
    ['null', null, { code: 'HANDLER_FAILED', name: 'null', message: 'null was thrown.' }],
    ['undefined', undefined, { code: 'HANDLER_FAILED', name: 'undefined', message: 'undefined was thrown.' }],
    ['an empty text', '', { code: 'HANDLER_FAILED', name: 'string', message: 'An empty text was thrown.' }],
    ['a text', 'no quote', { code: 'HANDLER_FAILED', name: 'string', message: 'no quote' }],
    ['an empty error', new Error(''), { code: 'HANDLER_FAILED', name: 'Error', message: 'The error has no message.' }],
    [
      'a plain object, without its secrets',
      { reason: 'quota', left: 0, password: 'swordfish', key: 'hunter2' },
      {
        code: 'HANDLER_FAILED',
        name: 'object',
        message:
          'A value that is no error was thrown: {"reason":"quota","left":"0","password":"[redacted]","key":"[redacted]"}',
      },
    ],
    [
      'an error as axios throws it',
      Object.assign(new Error('Request failed with status code 502'), {
        name: 'AxiosError',
        code: 'ERR_BAD_RESPONSE',
        config: { headers: { authorization: 'Bearer hunter2' } },
        response: { status: 502, data: 'hunter2' },
      }),
      {
        code: 'ERR_BAD_RESPONSE',
        name: 'AxiosError',
        message: 'Request failed with status code 502',
        httpStatus: 502,
      },
    ],
    [
      'an error with a status and no code',
      Object.assign(new Error('Too many requests'), { status: 429 }),
      { code: 'HTTP_429', name: 'Error', message: 'Too many requests', httpStatus: 429 },
    ],
    [
      'an error of an SQL database in an error of the application',
      new Error('The order was not saved', {
        cause: Object.assign(new Error('duplicate key for user hunter2'), { name: 'DatabaseError', code: '23505' }),
      }),
      {
        code: 'SQLSTATE_23505',
        name: 'Error',
        message: 'The order was not saved',
        causes: [
          {
            kind: 'cause',
            depth: 1,
            code: 'SQLSTATE_23505',
            name: 'DatabaseError',
            message: 'duplicate key for user [redacted]',
            sqlState: '23505',
          },
        ],
      },
    ],
  ]
  it.each(SAID)('says of %s what it was', async (_, thrown, stored) => {
    expect(await storedOf(thrown)).toEqual(stored)
  })

  it('keeps the attempts before the last one, with their errors', async () => {
    const stage = await openStage(createHarness)
    let tries = 0
    const handler = () => (++tries < 3 ? Promise.reject(new Error(`try ${tries}`)) : undefined)
    const scheduler = await stage.open(handler, { retry: { maxAttempts: 3, backoffMs: 0 } })
    await stage.pass(MINUTE)
    await stage.pass(SECOND)
    const [run] = runs(await stage.ledger(scheduler))
    const past = { instance: run?.owner, outcome: 'failed', startedAt: T0 + MINUTE, endedAt: T0 + MINUTE }
    expect(run).toMatchObject({ state: 'succeeded', attempt: 3, error: null })
    expect(run?.pastAttempts).toEqual([
      { ...past, attempt: 1, error: { code: 'HANDLER_FAILED', name: 'Error', message: 'try 1' } },
      { ...past, attempt: 2, error: { code: 'HANDLER_FAILED', name: 'Error', message: 'try 2' } },
    ])
  })

  it('keeps with a rerun the attempt whose process died', async () => {
    const stage = await openStage(createHarness)
    const again = { onOrphan: 'rerun', retry: { maxAttempts: 2 } } as const
    await stage.standStill(minutely<S>(() => new Promise(() => {}), again))
    const survivor = stage.instance({ jobs: [minutely<S>(() => {}, again)], leaseMs: 15 * SECOND })
    await survivor.open()
    await stage.pass(30 * SECOND)
    const [orphan, rerun] = runs(await stage.ledger(survivor)).toSorted((a, b) => a.attempt - b.attempt)
    expect(orphan?.pastAttempts).toBeUndefined()
    expect(rerun).toMatchObject({
      state: 'succeeded',
      pastAttempts: [
        {
          attempt: 1,
          outcome: 'orphaned',
          instance: orphan?.owner,
          startedAt: T0 + MINUTE,
          error: { code: 'RUN_ORPHANED' },
        },
      ],
    })
  })

  it('keeps the stack only where the host asks for it, and never a secret in it', async () => {
    const thrown = new Error('hunter2 is wrong')
    expect(await storedOf(thrown)).not.toHaveProperty('stack')
    const { stack } = (await storedOf(thrown, { storeStacks: true })) ?? {}
    expect(stack).toMatch(/^Error: \[redacted\] is wrong\n {4}at /)
  })
}

/** What `fetch` throws when nobody listens on a port, and the port. */
async function failedFetch(): Promise<{ readonly thrown: unknown; readonly port: number }> {
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  await new Promise((closed) => server.close(closed))
  const thrown = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error)
  return { thrown, port }
}

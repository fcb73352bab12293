import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'

import { reasonOf, unavailable, within } from './engine-error.ts'

describe('the reason of an error', () => {
  it.each([
    [Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [new Error('WRONGPASS invalid username-password pair or user is disabled.'), 'WRONGPASS'],
    [new Error("ERR unknown command 'x', with args beginning with: 's3cret'"), 'ERR'],
    [new Error('Connection is closed.'), 'Connection is closed'],
    [new TypeError('s3cret'), 'TypeError'],
    ['s3cret', 'UNKNOWN'],
  ])('%s', (error, reason) => {
    expect(reasonOf(error)).toBe(reason)
  })

  it('is all that is left of it', () => {
    const command = { name: 'auth', args: ['s3cret'] }
    const error = unavailable('open', Object.assign(new Error('NOAUTH s3cret'), { command }))
    expect(error).toMatchObject({ code: 'ENGINE_UNAVAILABLE', details: { engine: 'bullmq', operation: 'open' } })
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('s3cret')
  })
})

it('waits no longer than it may', async () => {
  expect(await within(1_000, Promise.resolve(1))).toBe(1)
  await expect(within(1, new Promise(() => {}))).rejects.toThrow('TIMEOUT')
  await expect(within(1_000, Promise.reject(new Error('no')))).rejects.toThrow('no')
})

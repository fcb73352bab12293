import { describe, expect, it } from 'vitest'

import { cron } from './cron.ts'
import { every } from './every.ts'
import { createSharing } from './sharing.ts'

describe('what is shared', () => {
  it('is made once for a key', () => {
    const share = createSharing<object>()
    const first = share('a', () => ({}))
    expect(share('a', () => ({}))).toBe(first)
    expect(share('b', () => ({}))).not.toBe(first)
  })

  it('is forgotten beyond the limit, so that texts from outside fill no memory', () => {
    const share = createSharing<object>(2)
    const made = ['a', 'b', 'c'].map((key) => share(key, () => ({})))
    expect(share('c', () => ({}))).toBe(made[2])
    expect(share('a', () => ({}))).not.toBe(made[0])
  })
})

describe('equal schedules are one object', () => {
  it.each([
    ['a grid, however it is written', every({ minutes: 1 }), every({ seconds: 60 })],
    [
      'a pattern in one zone',
      cron('0 3 * * *', { timezone: 'Asia/Tokyo' }),
      cron('0 3 * * *', { timezone: 'Asia/Tokyo' }),
    ],
  ])('%s', (_, one, other) => {
    expect(other).toBe(one)
  })

  it.each([
    ['another zone', () => cron('0 3 * * *', { timezone: 'Europe/Rome' })],
    ['another dialect', () => cron('0 0 3 * * ?', { dialect: 'quartz' })],
  ])('but not with %s', (_, other) => {
    expect(other()).not.toBe(cron('0 3 * * *'))
  })

  it('and a text that is no schedule is refused as ever, after one that is', () => {
    cron('0 3 * * *')
    expect(() => cron('3 * * *', { timezone: 'UTC 0' })).toThrow('Invalid cron')
    expect(() => cron('3 * * *', { timezone: 'UTC 0' })).toThrow('Invalid cron')
  })
})

import { expect, it, vi } from 'vitest'

import { lazily } from './lazily.ts'

it('makes a value when it is first asked for, and once', () => {
  const make = vi.fn(() => ({}))
  const value = lazily(make)
  expect(make).not.toHaveBeenCalled()
  expect(value()).toBe(value())
  expect(make).toHaveBeenCalledOnce()
})

it('keeps undefined too, and makes a value again after an error', () => {
  const make = vi.fn<() => undefined>().mockImplementationOnce(() => {
    throw new Error('no')
  })
  const value = lazily(make)
  expect(value).toThrow('no')
  expect([value(), value()]).toEqual([undefined, undefined])
  expect(make).toHaveBeenCalledTimes(2)
})

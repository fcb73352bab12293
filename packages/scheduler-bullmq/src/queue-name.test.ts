import { expect, it } from 'vitest'

import { bullmqPriority, queueName } from './queue-name.ts'

it('keeps the queues of all names apart that core takes', () => {
  expect(queueName('portfolio', 'default')).toBe('portfolio/default')
  expect(queueName('eu:portfolio', 'poll:eod')).toBe('eu~portfolio/poll~eod')
})

it.each(['', 'A', 'a/b', 'a~b', 'é', '-a', 'a'.repeat(65)])('refuses the name %j', (name) => {
  expect(() => queueName(name, 'default')).toThrow(/^Invalid scheduler: /)
  expect(() => queueName('portfolio', name)).toThrow(/^Invalid queue: /)
})

it('turns priorities around, and leaves out 0, which goes before all', () => {
  expect([1_000, 1, 0, -1, -1_000].map(bullmqPriority)).toEqual([1, 1_000, 1_001, 1_002, 2_001])
})

import { expect, it } from 'vitest'

import { again, orderOf, pairedRounds, timesOf } from './rounds.ts'

it('everybody is measured once in each round, in an order that changes', async () => {
  const asked: string[] = []
  const contender = (name: string) => ({
    name,
    measure: async (round: number) => {
      asked.push(`${name}${round}`)
      return round
    },
  })
  const measured = await pairedRounds([contender('a'), contender('b'), contender('c')], { rounds: 3, tell: () => {} })
  expect(asked.join(' ')).toBe('c-1 b-1 a-1 a0 b0 c0 a1 c1 b1 c2 a2 b2')
  expect(measured).toEqual(['a', 'b', 'c'].map((name) => ({ name, slices: [0, 1, 2] })))
})

it('nobody is always measured after the same other', () => {
  const before = new Map<number, Set<number>>()
  for (let round = 0; round < 8; round++) {
    const order = orderOf(round, 4)
    expect(order.toSorted()).toEqual([0, 1, 2, 3])
    for (const [at, index] of order.entries()) {
      const previous = order[at - 1]
      if (previous !== undefined) before.set(index, (before.get(index) ?? new Set()).add(previous))
    }
  }
  expect([...before.values()].every((others) => others.size > 1)).toBe(true)
})

it('a ratio is that of figures of the same round', () => {
  const ours = { name: 'ours', slices: [10, 40, 20] }
  const floor = { name: 'floor', slices: [10, 20, 20] }
  expect(timesOf(ours, floor, (ms) => ms)).toEqual({ median: 1, p10: 1, p90: 2 })
  expect(timesOf(ours, undefined, (ms) => ms)).toBeNull()
})

it('a contender again is itself under another name', () => {
  const contender = { name: 'floor', measure: async () => 1 }
  expect(again(contender)).toEqual({ name: 'floor again', measure: contender.measure })
})

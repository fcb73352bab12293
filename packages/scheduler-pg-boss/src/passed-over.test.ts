import { expect, it } from 'vitest'

import { createPassedOver } from './passed-over.ts'

it('passes over a job each time longer, and begins anew when its messages are taken', () => {
  let now = 0
  const passedOver = createPassedOver(() => now)
  const pauseMs = () => {
    const from = now
    passedOver.left(['a'])
    while (passedOver.jobs().includes('a')) now += 100
    return now - from
  }
  expect([pauseMs(), pauseMs(), pauseMs(), pauseMs()]).toEqual([500, 2_000, 5_000, 5_000])
  passedOver.taken(['a'])
  expect(pauseMs()).toBe(500)
})

it('comes to the job that stands behind hundreds of others', () => {
  let now = 0
  const passedOver = createPassedOver(() => now)
  const others = Array.from({ length: 500 }, (_, at) => `other-${at}`)
  for (;;) {
    now += 5
    const passed = new Set(passedOver.jobs())
    const first = others.find((job) => !passed.has(job))
    if (first === undefined) break
    passedOver.left([first])
    expect(now).toBeLessThan(20_000)
  }
})

import { expect, it } from 'vitest'

import { NOTHING } from '../../test/scripted-snapshot.ts'
import { randomInstanceId } from '../ids.ts'
import { readInstances } from './read-instances.ts'

const NOW = 1_758_000_000_000
const LEASE = 15_000
const PLACE = { host: 'web-1', pid: 7, version: 'r1' }
const LOAD = { role: 'worker', concurrency: 8, droppedMessages: 2, leftMessages: 3 } as const
const OWN = randomInstanceId()

function worker(over: object = {}) {
  const life = { firstSeenAt: NOW - 3_600_000, lastSeenAt: NOW, leaseMs: LEASE, leftAt: null, timeZoneData: '2026c' }
  return { instance: randomInstanceId(), ...life, ...PLACE, ...LOAD, running: 0, ...over }
}

function read(over: Partial<Parameters<typeof readInstances>[0]>) {
  const host = { instance: OWN, role: 'scheduler', place: PLACE } as const
  return readInstances({ measures: NOTHING, asOf: NOW, timeZoneData: '2026c', concurrency: 50, host, ...over })
}

it('lists those that died for five minutes after their lease, and its own for ever', () => {
  const ages = [0, LEASE, LEASE + 1, LEASE + 300_000, LEASE + 300_001].map((age) => ({ lastSeenAt: NOW - age }))
  const instances = [...ages.map((age) => worker(age)), worker({ instance: OWN, lastSeenAt: 0 })]
  const states = read({ measures: { ...NOTHING, instances } }).map(({ state, isLive }) => [state, isLive])
  const lives = ['running', true]
  const silent = ['silent', false]
  expect(states).toEqual([lives, lives, silent, silent, lives])
})

it('tells by what is wanted what they do, and that one drains', () => {
  const control = { ...NOTHING.control, desired: 'stopped' } as const
  const instances = [worker({ running: 2 }), worker()]
  expect(read({ measures: { ...NOTHING, control, instances } }).map(({ state }) => state)).toEqual([
    'draining',
    'stopped',
  ])
})

it('tells what each is, how much it can take on, and what it did with messages', () => {
  const scheduler = { role: 'scheduler', concurrency: 0, droppedMessages: 0, leftMessages: 0 } as const
  const listed = read({ measures: { ...NOTHING, instances: [worker(), worker(scheduler)] } })
  expect(listed).toMatchObject([LOAD, scheduler])
  const own = worker({ instance: OWN, ...scheduler, concurrency: null })
  const seen = (concurrency: number) => read({ concurrency, measures: { ...NOTHING, instances: [own] } })
  expect(seen(50)).toMatchObject([{ concurrency: 50 }])
  expect(seen(Infinity)).toMatchObject([{ concurrency: null }])
})

it('lists an observer where it is the one that looks', () => {
  const observer = { instance: OWN, role: 'observer', place: PLACE } as const
  expect(read({ host: observer })).toEqual([
    {
      id: OWN,
      role: 'observer',
      state: 'running',
      isCurrent: true,
      isLive: true,
      running: 0,
      concurrency: 0,
      droppedMessages: 0,
      leftMessages: 0,
      ...PLACE,
      startedAt: null,
      heartbeatAt: NOW,
      timeZoneData: '2026c',
    },
  ])
  expect(read({ host: { ...observer, instance: null } })).toEqual([])
})

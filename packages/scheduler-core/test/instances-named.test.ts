import { expect, it } from 'vitest'

import { randomInstanceId } from '../src/ids.ts'
import { toAdminStatusV2 } from '../src/status/to-status.ts'
import { AS_OF, NOTHING, scriptedSnapshot } from './scripted-snapshot.ts'

const LEASE = 15_000
const LOAD = { role: 'scheduler', concurrency: 50, droppedMessages: 0, leftMessages: 0 } as const
const PLACE = { ...LOAD, host: 'web-1', pid: 7, version: 'r1' }
const LIFE = { firstSeenAt: AS_OF - 3_600_000, leaseMs: LEASE, leftAt: null, timeZoneData: null, running: 0 }

it('the status names the instance that answers first, then those that live by their start, then the silent ones', () => {
  const [own, ...others] = Array.from({ length: 6 }, randomInstanceId).sort()
  const ages = [LEASE, 9_000, 9_000, LEASE + 9_000, LEASE + 1, 1_000]
  const instances = [own, ...others].flatMap((instance, at) => {
    const firstSeenAt = at === 5 ? LIFE.firstSeenAt - 1 : LIFE.firstSeenAt
    return instance ? [{ instance, ...LIFE, ...PLACE, firstSeenAt, lastSeenAt: AS_OF - (ages[at] ?? 0) }] : []
  })
  const known = scriptedSnapshot({ measures: { ...NOTHING, instances: instances.reverse() } })
  const read = known.instances.map((instance) => ({ ...instance, isCurrent: instance.id === own }))
  const { items } = toAdminStatusV2({ snapshot: { ...known, instances: read }, stale: false, ageMs: 0 }).instances
  const [a, b, c, d, older] = others
  expect(items.map(({ id }) => id)).toEqual([own, a, b, older, d, c])
})

import { describe, expect, it } from 'vitest'

import { defineMetric } from './custom-metric.ts'
import { definitionsFor } from './definitions.ts'

const described = {
  title: 'Open orders',
  help: 'Orders that nobody has filled.',
  unit: 'items',
  read: () => 3,
} as const

describe("a metric of the host's own", () => {
  const orders = defineMetric({ ...described, id: 'open_orders' })
  const fills = defineMetric({ ...described, id: 'fills', kind: 'counter', audience: ['admin', 'market-data'] })

  it('is a gauge for operations alone, unless it says otherwise', () => {
    expect(orders).toMatchObject({ kind: 'gauge', resets: 'never', audience: ['admin'], sensitivity: 'internal' })
    expect(definitionsFor('market-data', [orders]).map(({ id }) => id)).not.toContain('open_orders')
  })

  it('restarts with its process when it is a counter, and is public when everybody may read it', () => {
    expect(fills).toMatchObject({ kind: 'counter', resets: 'at start', sensitivity: 'public' })
    const [published] = definitionsFor('market-data', [orders, fills]).slice(-1)
    expect(published).toMatchObject({ id: 'fills', formula: 'as the host counts it', numerator: [], denominator: [] })
  })
})

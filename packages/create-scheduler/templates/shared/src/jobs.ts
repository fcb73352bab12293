import { defineJob, every } from '@pm/scheduler-core'

import { fetchOrders } from './fetch-orders.ts'

/** Every minute: takes what has come in, and reports how many there were. Each further job is one more of these. */
const importOrders = defineJob({
  name: 'import-orders',
  description: 'Takes the orders that have come in',
  schedule: every({ minutes: 1 }),
  async handler(ctx) {
    const orders = await fetchOrders(ctx.signal)
    ctx.report({ processed: orders.length })
  },
})

export const jobs = [importOrders]

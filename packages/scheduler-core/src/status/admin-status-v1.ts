import { factField, metricField, stoppingSumField } from '../view/bind.ts'
import { defineView, type StatusView } from '../view/define-view.ts'
import type { AdminStatusV1 } from './frozen-admin-v1.ts'

const lifetime = { window: 'lifetime' } as const

/** The admin view, version 1: lifetime counts over all jobs. Frozen. */
export const adminStatusViewV1: StatusView<AdminStatusV1> = defineView({
  name: 'AdminStatusV1',
  audience: 'admin',
  fields: {
    schedulerName: factField('scheduler_name'),
    state: factField('state'),
    lastRun: metricField('last_run_at'),
    nextRun: metricField('next_run_at'),
    total_runs: stoppingSumField('total_runs', lifetime),
    successful_runs: stoppingSumField('successful_runs', lifetime),
    failed_runs: stoppingSumField('failed_runs', lifetime),
    symbols_processed: stoppingSumField('items_processed', lifetime),
    success_rate: metricField('success_rate', lifetime),
    uptimeSeconds: metricField('uptime_seconds'),
  },
})

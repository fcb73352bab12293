import { fact, metric, stoppingSum } from '../view/bind.ts'
import { defineView } from '../view/define-view.ts'

const lifetime = { window: 'lifetime' } as const

/** The admin view, version 1: lifetime counts over all jobs. Frozen: it gains no field and loses none. */
export const adminStatusViewV1 = defineView({
  name: 'AdminStatusV1',
  audience: 'admin',
  fields: {
    schedulerName: fact('scheduler_name'),
    state: fact('state'),
    lastRun: metric('last_run_at'),
    nextRun: metric('next_run_at'),
    total_runs: stoppingSum('total_runs', lifetime),
    successful_runs: stoppingSum('successful_runs', lifetime),
    failed_runs: stoppingSum('failed_runs', lifetime),
    symbols_processed: stoppingSum('items_processed', lifetime),
    success_rate: metric('success_rate', lifetime),
    uptimeSeconds: metric('uptime_seconds'),
  },
})

import { defineAudience, type Scheduler } from '@pm/scheduler-core'
import { defineView, factField, metricField, type ResponseOf } from '@pm/scheduler-core/views'
import type { RequestHandler } from 'express'

import { RECALCULATION } from './create-recalculation-scheduler.ts'

const recent = { window: 'recent', job: RECALCULATION } as const

/** The audience of the portfolio's users. Like users of the market data, they see only public fields. */
const investors = defineAudience('investors')

/** The status of the recalculation. Every number in it is a metric of the library's table. */
export const recalculationStatus = defineView({
  name: 'RecalculationStatus',
  audience: investors,
  fields: {
    snapshot_id: factField('snapshot_id'),
    stale: factField('stale'),
    state: factField('state'),
    last_run_at: metricField('last_run_at'),
    next_run_at: metricField('next_run_at'),
    valuations: metricField('items_processed', recent),
    holdings_unpriced: metricField('items_skipped', recent),
    success_rate: metricField('success_rate', recent),
  },
})

export type RecalculationStatus = ResponseOf<typeof recalculationStatus>

/** `GET`: the status, from the scheduler's current snapshot. */
export function recalculationStatusRoute(scheduler: Scheduler): RequestHandler {
  return async (_request, response) => {
    response.set('Cache-Control', 'private, no-cache').json(recalculationStatus.project(await scheduler.snapshot()))
  }
}

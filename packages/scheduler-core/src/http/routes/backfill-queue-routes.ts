import { toIso } from '../../clock.ts'
import { backfillCancelled, backfillQueue } from '../../contract/backfill-queue.ts'
import { commandBody } from '../../contract/requests.ts'
import { json } from '../exchange/response.ts'
import { commandAnswer } from './command-answer.ts'
import { jobParam } from './params.ts'
import { defineRoute, type Route } from './route.ts'
import { toOptions } from './to-options.ts'

/** The most due times that an answer lists. */
const MAX_ITEMS = 100

/** `GET /jobs/:job/backfill/queue` */
export const backfillQueueRoute: Route = defineRoute({
  id: 'backfill-queue',
  method: 'GET',
  path: '/jobs/:job/backfill/queue',
  access: 'read',
  action: 'read-backfill-queue',
  responses: { 200: backfillQueue },
  async handler(_input, { scheduler, request }) {
    const job = await jobParam(request, scheduler)
    const { waiting, running, done, passedOver } = await scheduler.backfillQueue(job)
    const items = waiting.slice(0, MAX_ITEMS).map(toIso)
    return json({ job, waiting: waiting.length, items, running, done, passed_over: passedOver })
  },
})

/** `POST /jobs/:job/backfill/cancel` */
export const cancelBackfillRoute: Route = defineRoute({
  id: 'cancel-backfill',
  method: 'POST',
  path: '/jobs/:job/backfill/cancel',
  access: 'control',
  action: 'cancel-backfill',
  body: commandBody,
  responses: { 200: backfillCancelled },
  async handler({ body }, context) {
    const { scheduler, request } = context
    const job = await jobParam(request, scheduler)
    const result = await scheduler.cancelBackfill(job, toOptions(body, context))
    return commandAnswer(result, { more: { dropped: result.dropped } })
  },
})

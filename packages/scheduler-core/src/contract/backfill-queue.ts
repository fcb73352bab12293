import * as z from 'zod'

import { exactSchema } from '../view/exactly.ts'
import { type CommandResultView, commandResultObject } from './control.ts'
import { count, timestamp } from './fields.ts'

/** `GET /jobs/:job/backfill/queue`: what is left of the backfills that were asked of the answering process. */
export const backfillQueue: z.ZodType<BackfillQueueView> = exactSchema(
  z.object({
    job: z.string(),
    waiting: count.describe('Due times that wait for their turn.'),
    items: z.array(timestamp).describe('The first 100 of them.'),
    running: count,
    done: count.describe('Runs of this queue that are over.'),
    passed_over: count.describe('Due times whose turn came and that needed no run.'),
  }),
)

/** `POST /jobs/:job/backfill/cancel`: how many due times waited. */
export const backfillCancelled: z.ZodType<BackfillCancelledView> = exactSchema(
  commandResultObject.extend({ dropped: count }),
)

export interface BackfillQueueView {
  readonly job: string
  readonly waiting: number
  readonly items: readonly string[]
  readonly running: number
  readonly done: number
  readonly passed_over: number
}

export interface BackfillCancelledView extends CommandResultView {
  readonly dropped: number
}

import { Inject, Injectable } from '@nestjs/common'
import { defineJob, every } from '@pm/scheduler-core'

import { PricesService } from './prices.service.ts'

/** A job is a provider like any other: its handler uses what is injected. */
@Injectable()
export class PollPricesJob {
  readonly job = defineJob({
    name: 'poll',
    schedule: every({ seconds: 15 }),
    handler: async (ctx) => ctx.report({ processed: await this.#prices.refresh(ctx.signal) }),
  })

  readonly #prices: PricesService

  constructor(@Inject(PricesService) prices: PricesService) {
    this.#prices = prices
  }
}

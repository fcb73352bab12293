import { Module } from '@nestjs/common'

import { PollPricesJob } from './poll-prices.job.ts'
import { PricesService } from './prices.service.ts'

@Module({ providers: [PricesService, PollPricesJob], exports: [PollPricesJob] })
export class PricesModule {}

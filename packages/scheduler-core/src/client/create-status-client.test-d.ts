import { expectTypeOf } from 'vitest'

import type { AdminStatusV1, MarketDataStatusV1 } from '../contract/v1.ts'
import type {
  AdminChanges,
  AdminStatusV2,
  Explained,
  MarketDataChanges,
  MarketDataStatusV2,
  MetricExplanationView,
} from '../contract/v2.ts'
import { createStatusClient } from './index.ts'

const client = createStatusClient({ baseUrl: 'https://ops.example.com' })

// A dashboard once read a field of the wrong response, and showed it as 0. That does not compile.
type Admin = Awaited<ReturnType<typeof client.admin.status>>
expectTypeOf<Admin>().toEqualTypeOf<AdminStatusV1>()
expectTypeOf<Admin>().not.toHaveProperty('recent_activity')
expectTypeOf<Admin>().toHaveProperty('symbols_processed')

type MarketData = Awaited<ReturnType<typeof client.marketData.status>>
expectTypeOf<MarketData>().toEqualTypeOf<MarketDataStatusV1>()
expectTypeOf<MarketData['recent_activity']>().toHaveProperty('total_symbols_processed')
expectTypeOf<MarketData>().not.toHaveProperty('symbols_processed')

client.admin.subscribe({ onStatus: (status) => expectTypeOf(status).toEqualTypeOf<AdminStatusV1>() })
client.marketData.subscribe({ onStatus: (status) => expectTypeOf(status).toEqualTypeOf<MarketDataStatusV1>() })

// Version 2, for routers that are mounted with it.
const second = createStatusClient({ baseUrl: 'https://ops.example.com', version: 'v2' })
type AdminV2 = Awaited<ReturnType<typeof second.admin.status>>
expectTypeOf<AdminV2>().toEqualTypeOf<Explained<AdminStatusV2>>()
expectTypeOf<AdminV2['explain']>().toEqualTypeOf<MetricExplanationView | undefined>()
expectTypeOf<Admin>().not.toHaveProperty('explain')
expectTypeOf<AdminV2>().not.toHaveProperty('recent_activity')
expectTypeOf<AdminV2>().not.toHaveProperty('symbols_processed')
expectTypeOf<Awaited<ReturnType<typeof second.marketData.status>>>().toEqualTypeOf<Explained<MarketDataStatusV2>>()
second.admin.subscribe({ onStatus: (status) => expectTypeOf(status).toEqualTypeOf<AdminStatusV2>() })
second.admin.subscribe({ onStatus: (_, { changed }) => expectTypeOf(changed).toEqualTypeOf<AdminChanges>() })
second.marketData.subscribe({ onStatus: (_, { changed }) => expectTypeOf(changed).toEqualTypeOf<MarketDataChanges>() })
client.admin.subscribe({ onStatus: (_, { changed }) => expectTypeOf(changed).toEqualTypeOf<undefined>() })
second.marketData.subscribe({ onStatus: (status) => expectTypeOf(status).toEqualTypeOf<MarketDataStatusV2>() })
expectTypeOf(createStatusClient<'v1'>)
  .parameter(0)
  .not.toExtend<{ readonly version: 'v2' }>()

// The market-data view has no commands.
expectTypeOf(client.marketData).not.toHaveProperty('pause')
expectTypeOf(client.admin.runs).toBeCallableWith({ limit: 20, state: 'failed,timed_out' })
expectTypeOf(client.admin.runs).toBeCallableWith({ trigger: 'manual,backfill', instance: 'one' })
expectTypeOf<Parameters<typeof client.admin.runs>[0]>().not.toExtend<{ readonly since: string }>()
expectTypeOf(client.admin.log).toBeCallableWith({ limit: 1, job: 'poll', run_id: 'id' })
expectTypeOf<Parameters<typeof client.admin.log>[0]>().not.toExtend<{ readonly instance: string }>()

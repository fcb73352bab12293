import { expectTypeOf } from 'vitest'

import {
  type AdminRouterOptions,
  type adminSchedulerRouter,
  type healthRouter,
  type MarketDataRouterOptions,
  type marketDataSchedulerRouter,
  unsafeAllowAll,
} from './index.ts'

const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const

// A router without `authorize` does not compile.
expectTypeOf<{ readonly control: true }>().not.toExtend<AdminRouterOptions>()
expectTypeOf<{ readonly authorize: undefined }>().not.toExtend<AdminRouterOptions>()
expectTypeOf<object>().not.toExtend<MarketDataRouterOptions>()
expectTypeOf<Parameters<typeof adminSchedulerRouter>['length']>().toEqualTypeOf<2>()
expectTypeOf<Parameters<typeof marketDataSchedulerRouter>['length']>().toEqualTypeOf<2>()
expectTypeOf<Parameters<typeof healthRouter>['length']>().toEqualTypeOf<1 | 2>()

// A hook that allows a request must also return its principal.
expectTypeOf({ authorize }).toExtend<AdminRouterOptions>()
expectTypeOf({ authorize: unsafeAllowAll }).toExtend<AdminRouterOptions>()
expectTypeOf({ authorize: async () => authorize() }).toExtend<AdminRouterOptions>()
expectTypeOf({ authorize: () => true }).not.toExtend<AdminRouterOptions>()
expectTypeOf({ authorize: () => ({ allow: true }) as const }).not.toExtend<AdminRouterOptions>()

// The market-data router has no commands.
expectTypeOf<MarketDataRouterOptions>().not.toHaveProperty('control')

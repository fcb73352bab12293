import type { Scheduler } from '@pm/scheduler-core'
import { schedulerDashboard } from '@pm/scheduler-express'
import type { Request } from 'express'
import { expectTypeOf } from 'vitest'

import { createDashboard, createDashboardHandler, type DashboardOptions } from '../src/index.ts'

declare const scheduler: Scheduler
const denied = { allow: false, reason: 'forbidden' } as const

// A dashboard without `authorize` does not compile.
expectTypeOf<{ readonly control: true }>().not.toExtend<DashboardOptions<Request>>()
expectTypeOf<Parameters<typeof createDashboard>['length']>().toEqualTypeOf<2>()

// The hooks get the request of the adapter that mounts the pages.
schedulerDashboard(
  createDashboard(scheduler, {
    authorize(request) {
      expectTypeOf(request).toEqualTypeOf<Request>()
      return denied
    },
    login: (request, { returnTo }) => `${request.baseUrl}/login?to=${encodeURIComponent(returnTo)}`,
  }),
)
createDashboardHandler([scheduler], {
  authorize(request) {
    expectTypeOf(request).toEqualTypeOf<globalThis.Request>()
    return denied
  },
})

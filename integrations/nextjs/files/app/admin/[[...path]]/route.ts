import { createDashboardHandler } from '@pm/scheduler-dashboard'

import { authorize } from '@/lib/authorize'
import { scheduler } from '@/lib/scheduler'

export const dynamic = 'force-dynamic'
export const runtime = 'nodejs'

const handler = createDashboardHandler(scheduler, { authorize, control: true, mountPath: '/admin' })

export {
  handler as DELETE,
  handler as GET,
  handler as HEAD,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
}

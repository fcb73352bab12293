import { createFetchHandler } from '@pm/scheduler-core/http'

import { authorize } from '@/lib/authorize'
import { scheduler } from '@/lib/scheduler'

export const dynamic = 'force-dynamic'
export const runtime = 'nodejs'

const handler = createFetchHandler(scheduler, {
  view: 'market-data',
  basePath: '/api/v1/market-data/scheduler',
  authorize,
})

export {
  handler as DELETE,
  handler as GET,
  handler as HEAD,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
}

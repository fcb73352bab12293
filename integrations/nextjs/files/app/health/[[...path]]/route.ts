import { createFetchHandler } from '@pm/scheduler-core/http'

import { scheduler } from '@/lib/scheduler'

export const dynamic = 'force-dynamic'
export const runtime = 'nodejs'

const handler = createFetchHandler(scheduler, { view: 'health' })

export { handler as GET, handler as HEAD }

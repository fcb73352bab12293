import { logPage } from '../../contract/control.ts'
import { logQuery } from '../../contract/requests.ts'
import { parseRunId } from '../../ids.ts'
import { json } from '../exchange/response.ts'
import { toLogPage } from '../views/control-view.ts'
import { entryOf } from './params.ts'
import { defineRoute } from './route.ts'
import { toReadOptions } from './to-options.ts'

const DEFAULT_LIMIT = 50

/** Who commanded what, when and why. */
export const logRoute = defineRoute({
  id: 'log',
  method: 'GET',
  path: '/log',
  access: 'read',
  action: 'read-log',
  isBudgeted: true,
  query: logQuery,
  isOfAskedJob: true,
  responses: { 200: logPage },
  async handler({ query }, context) {
    const { scheduler, mayFor } = context
    const { limit = DEFAULT_LIMIT, cursor, job, run_id: run } = query
    const runId = run === undefined ? null : parseRunId(run)
    const entry = runId && (await entryOf(runId, context))
    if (entry && !(await mayFor(entry.job))) return json({ items: [], next_cursor: null })
    const asked = {
      limit,
      ...(cursor !== undefined && { cursor }),
      ...(job !== undefined && { job }),
      ...(runId !== null && { runId }),
    }
    const page = await scheduler.listLog(asked, toReadOptions(context))
    return json(toLogPage(page))
  },
})

/**
 * Makes docs/reference/metrics.md out of the table of metrics. `node --conditions=@pm/source tools/repo/metrics-page.ts`
 * writes it; a test holds the committed page equal to what this makes.
 */
import { writeFileSync } from 'node:fs'

import { metricsPage } from '../../packages/scheduler-core/src/metrics/reference-page.ts'
import { MARKET_CLOSED } from '../../packages/scheduler-market-data/src/freshness/feed-status.ts'

writeFileSync(new URL('../../docs/reference/metrics.md', import.meta.url), metricsPage([MARKET_CLOSED]))

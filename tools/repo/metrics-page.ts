/**
 * Makes docs/reference/metrics.md out of the table of metrics. `node --conditions=@pm/source tools/repo/metrics-page.ts`
 * writes it; a test holds the committed page equal to what this makes.
 */
import { writeFileSync } from 'node:fs'

import { metricsPage } from '../../packages/scheduler-core/src/metrics/reference-page.ts'
import { CIRCUIT } from '../../packages/scheduler-market-data/src/circuit.ts'
import { MARKET_CLOSED } from '../../packages/scheduler-market-data/src/freshness/feed-status.ts'

const declared = { feedWords: [MARKET_CLOSED], providerConditions: [CIRCUIT] }
writeFileSync(new URL('../../docs/reference/metrics.md', import.meta.url), metricsPage(declared))

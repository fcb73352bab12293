/**
 * Makes docs/operations/prometheus/ out of the table of metrics: `node --conditions=@pm/source
 * tools/repo/monitoring-files.ts` writes the files; a test holds the committed ones equal to what this makes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'

import { monitoringFiles } from '../../packages/scheduler-core/src/monitoring/prometheus/monitoring-files.ts'
import { CIRCUIT } from '../../packages/scheduler-market-data/src/circuit.ts'
import { MARKET_CLOSED } from '../../packages/scheduler-market-data/src/freshness/feed-status.ts'

const folder = new URL('../../docs/operations/prometheus/', import.meta.url)
const declared = { feedWords: [MARKET_CLOSED], providerConditions: [CIRCUIT] }
mkdirSync(folder, { recursive: true })
for (const { name, text } of monitoringFiles(declared)) writeFileSync(new URL(name, folder), text)

import { routesPage } from '../../../packages/scheduler-core/src/http/service/reference-page.ts'
import { metricsPage } from '../../../packages/scheduler-core/src/metrics/reference-page.ts'
import { policiesPage } from '../../../packages/scheduler-core/src/policy/reference-page.ts'
import { CIRCUIT } from '../../../packages/scheduler-market-data/src/circuit.ts'
import { MARKET_CLOSED } from '../../../packages/scheduler-market-data/src/freshness/feed-status.ts'
import { environmentPage } from './environment-page.ts'
import { errorsPage } from './errors-page.ts'
import { limitsPage } from './limits-page.ts'
import { CONTEXT, EVENTS, membersPage } from './members-page.ts'
import { optionsPage } from './options-page.ts'
import { readLimits } from './read-limits.ts'
import { type Entry, readEntries } from './read-options.ts'

/** Every page of docs/reference by its name, as the sources make it. Reading the declarations takes some seconds. */
export function referencePages(entries: readonly Entry[] = readEntries()): ReadonlyMap<string, string> {
  return new Map([
    ['context.md', membersPage(CONTEXT, entries)],
    ['environment.md', environmentPage()],
    ['errors.md', errorsPage()],
    ['events.md', membersPage(EVENTS, entries)],
    ['limits.md', limitsPage(readLimits())],
    ['metrics.md', metricsPage({ feedWords: [MARKET_CLOSED], providerConditions: [CIRCUIT] })],
    ['options.md', optionsPage(entries)],
    ['policies.md', policiesPage()],
    ['routes.md', routesPage()],
  ])
}

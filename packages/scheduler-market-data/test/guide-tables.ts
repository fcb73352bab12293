import {
  createFeeds,
  createPollJob,
  createQuoteTables,
  createVenues,
  nextDueBy,
  type PollJobOptions,
  quoteTablesMigration,
  toFeedRefusals,
  venueFreshness,
} from '../src/index.ts'

/** As TypeORM has it. */
export interface EntityManager {
  query(sql: string, values?: unknown[]): Promise<readonly Record<string, unknown>[]>
}

export interface GuideHost {
  readonly queryRunner: EntityManager
  readonly job: Omit<PollJobOptions<EntityManager>, 'saveQuotes' | 'saveRefusals'>
  readonly symbols: readonly string[]
}

/** The code of the guide `docs/guides/quote-tables.md`, word for word. */
export async function pollIntoTables({ queryRunner, job, symbols }: GuideHost) {
  for (const statement of quoteTablesMigration().up) await queryRunner.query(statement) // in a migration

  const venues = createVenues()
  const ruleOf = venueFreshness({ every: 15 * 60_000 })
  const tables = createQuoteTables({
    query: (manager: EntityManager, sql, values) => manager.query(sql, [...values]),
    dueBy: ({ symbol, eventTime, eventTimePrecision, fetchedAt, instrument }) =>
      nextDueBy({ eventAt: eventTime, eventTimePrecision, fetchedAt }, ruleOf(venues.venueOf(symbol, instrument))),
  })

  const poll = createPollJob({
    ...job,
    saveQuotes: tables.save,
    saveRefusals: (manager, refusals) => tables.saveRefusals(manager, toFeedRefusals(refusals)),
  })
  const feeds = createFeeds({
    load: (manager: EntityManager, { signal }) =>
      tables.feedPages(manager, { symbols, providers: ['yahoo_finance'], signal }),
    ruleOf,
    venues,
  })
  return { poll, feeds }
}

import type { EpochMs } from '../clock.ts'
import type { StoreMeasures } from '../ports/measures.ts'
import type { FeedsReading } from '../reading/snapshot.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import { createFeedsReader } from './feeds-reader.ts'

/** The result of one read of the store, and how long it took. */
export interface StoreRead {
  readonly measures: StoreMeasures
  readonly readMs: number
  readonly feeds: FeedsReading
}

/** Reads the measures and the feeds in one unit of work. Slow feeds do not delay the measures that were read before. */
export function createStoreReader<S extends object>(
  { scheduler, options, store, units, clock, logger, follow }: SchedulerContext<S>,
  windowsMs: Readonly<Record<string, number>>,
): (asOf: EpochMs) => Promise<StoreRead> {
  const feedsReader = createFeedsReader<S>({ source: options.feeds, clock, logger, redact: options.redact })

  return async (asOf) => {
    const begun = clock.monotonic()
    const early = Promise.withResolvers<StoreRead>()
    const unit = units.run(
      'snapshot',
      async (session) => {
        const measures = await store.readMeasures(session, { scheduler, asOf, windowsMs })
        await follow(session, measures.control)
        const readMs = clock.monotonic() - begun
        const read: StoreRead = { measures, readMs, feeds: await feedsReader.read(session, asOf) }
        if (read.feeds.error === 'FEEDS_TIMED_OUT') early.resolve(read)
        return read
      },
      { readOnly: true },
    )
    return Promise.race([unit, early.promise])
  }
}

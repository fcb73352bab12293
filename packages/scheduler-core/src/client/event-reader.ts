import type {
  AdminChangesOf,
  AdminStatusOf,
  MarketDataChangesOf,
  MarketDataStatusOf,
  StatusVersion,
} from '../contract/versions.ts'

/** A status, and what has changed since the one before. */
export interface Told<S, C> {
  readonly status: S
  readonly changed: C
}

/** How a version of a view tells its status. */
export interface EventReader<S, C> {
  /** The data of an event: in version 1 the status, in version 2 the status and the changes. */
  ofEvent(data: unknown): Told<S, C>
  /** A status that was polled, so that nobody has counted what has changed. */
  ofStatus(status: S): Told<S, C>
}

export function adminReader<V extends StatusVersion>(
  version: StatusVersion,
): EventReader<AdminStatusOf[V], AdminChangesOf[V]> {
  return readerOf(version, { jobs: 'many' })
}

export function marketDataReader<V extends StatusVersion>(
  version: StatusVersion,
): EventReader<MarketDataStatusOf[V], MarketDataChangesOf[V]> {
  return readerOf(version, { feeds: 'many' })
}

/** The types of both versions follow from the words, which the compiler cannot see. */
function readerOf<S, C>(version: StatusVersion, anything: object): EventReader<S, C> {
  const alone = (status: unknown, changed: unknown) => ({ status, changed }) as Told<S, C>
  return version === 'v1'
    ? { ofEvent: (status) => alone(status, undefined), ofStatus: (status) => alone(status, undefined) }
    : { ofEvent: (data) => data as Told<S, C>, ofStatus: (status) => alone(status, anything) }
}

import type { SchedulerSnapshot, SnapshotReading } from '../snapshot/snapshot.ts'
import { json, type PlainResponse } from './response.ts'

/** The two answers that a reading allows, ready to be sent. */
export interface StatusAnswers {
  readonly etag: string
  readonly full: PlainResponse
  readonly notModified: PlainResponse
}

export interface StatusAnswersOptions {
  /** Projects the snapshot to the view that is served. */
  readonly project: (snapshot: SchedulerSnapshot) => object
  /** Names view and version in the ETag, such as `admin.v1`. */
  readonly label: string
}

/**
 * The answers to `/status`, made once for each snapshot however many ask. A stale reading says so, and how old it
 * is, in headers (RFC 9111, RFC 9211), since the bodies of version 1 are frozen.
 */
export function createStatusAnswers({
  project,
  label,
}: StatusAnswersOptions): (reading: SnapshotReading) => StatusAnswers {
  const fresh = new WeakMap<SchedulerSnapshot, StatusAnswers>()
  return (reading) => {
    const { snapshot } = reading
    let answers = fresh.get(snapshot)
    if (!answers) {
      answers = makeAnswers(project(snapshot), `"${snapshot.id}.${label}"`)
      fresh.set(snapshot, answers)
    }
    return reading.stale ? markStale(answers, reading.ageMs) : answers
  }
}

function makeAnswers(view: object, etag: string): StatusAnswers {
  const headers = { etag, 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' }
  return { etag, full: json(view, { headers }), notModified: { status: 304, headers, body: null } }
}

function markStale({ etag, full, notModified }: StatusAnswers, ageMs: number): StatusAnswers {
  const seconds = Math.floor(ageMs / 1000)
  const headers = { age: String(seconds), 'cache-status': `scheduler; hit; ttl=-${seconds}; detail=store-unavailable` }
  const mark = (answer: PlainResponse) => ({ ...answer, headers: { ...answer.headers, ...headers } })
  return { etag, full: mark(full), notModified: mark(notModified) }
}

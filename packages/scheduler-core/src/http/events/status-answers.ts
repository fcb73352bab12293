import type { SchedulerSnapshot, SnapshotReading } from '../../reading/snapshot.ts'
import { json, type PlainResponse } from '../exchange/response.ts'

/** The two answers for a reading, ready to be sent. */
export interface StatusAnswers {
  /** The body, before it was serialized. */
  readonly status: object
  readonly etag: string
  readonly full: PlainResponse
  readonly notModified: PlainResponse
}

export interface StatusAnswersOptions {
  /** Projects a reading to the view that is served. */
  readonly project: (reading: SnapshotReading) => object
  /** Names view and version in the ETag, such as `admin.v1`. */
  readonly label: string
  /** Whether the body says that it is stale, and how old it is (default false: the bodies of version 1 are frozen). */
  readonly tellsAge?: boolean
}

/**
 * The answers to `/status`, made once for each snapshot, however many readers ask. When a stale body shows its age,
 * they are made once for each second. Headers also say that a reading is stale, and how old it is (RFC 9111, RFC 9211).
 */
export function createStatusAnswers({
  project,
  label,
  tellsAge = false,
}: StatusAnswersOptions): (reading: SnapshotReading) => StatusAnswers {
  const made = new WeakMap<SchedulerSnapshot, { readonly seconds: number; readonly answers: StatusAnswers }>()

  /** A fresh reading is 0 seconds old, even from the cache. */
  function answersOf({ snapshot, stale, ageMs }: SnapshotReading): StatusAnswers {
    const seconds = tellsAge && stale ? Math.floor(ageMs / 1_000) : -1
    const last = made.get(snapshot)
    if (last?.seconds === seconds) return last.answers
    const suffix = seconds < 0 ? '' : `.stale-${seconds}`
    const view = project({ snapshot, stale, ageMs: Math.max(0, seconds) * 1_000 })
    const answers = makeAnswers(view, `"${snapshot.id}.${label}${suffix}"`)
    made.set(snapshot, { seconds, answers })
    return answers
  }

  return (reading) => (reading.stale ? markStale(answersOf(reading), reading.ageMs) : answersOf(reading))
}

function makeAnswers(view: object, etag: string): StatusAnswers {
  const headers = { etag, 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' }
  return { status: view, etag, full: json(view, { headers }), notModified: { status: 304, headers, body: null } }
}

function markStale({ status, etag, full, notModified }: StatusAnswers, ageMs: number): StatusAnswers {
  const seconds = Math.floor(ageMs / 1000)
  const headers = { age: String(seconds), 'cache-status': `scheduler; hit; ttl=-${seconds}; detail=store-unavailable` }
  const mark = (answer: PlainResponse) => ({ ...answer, headers: { ...answer.headers, ...headers } })
  return { status, etag, full: mark(full), notModified: mark(notModified) }
}

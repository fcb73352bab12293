/**
 * The catalogue of errors: every code that the library throws or answers with, its HTTP status, whether a retry of the
 * same call can succeed, and its message.
 */
export const ERRORS = {
  INVALID_OPTIONS: entry(400, false, (d: InvalidOptionsDetails) => {
    const hint = d.suggestion === undefined ? '' : ` Did you mean "${d.suggestion}"?`
    return `Invalid ${d.path}: got ${d.received}, expected ${d.expected}.${hint}`
  }),
  INVALID_INPUT: entry(400, false, (d: InvalidInputDetails) => {
    const hint = d.suggestion === undefined ? '' : ` Did you mean "${d.suggestion}"?`
    return `Invalid ${d.path} for job "${d.job}": got ${d.received}, expected ${d.expected}.${hint}`
  }),
  INPUT_LOST: entry(
    409,
    false,
    (d: { job: string }) =>
      `The secret part of this run's input is gone with the process that took the command: run job "${d.job}" again with it.`,
  ),
  JOB_NOT_FOUND: entry(404, false, (d: { job: string }) => `There is no job named "${d.job}".`),
  JOB_ELSEWHERE: entry(
    409,
    false,
    (d: { job: string; instances: string }) =>
      `Only other instances can run job "${d.job}" (${d.instances}): give the command to one of them.`,
  ),
  JOB_RENAMED: entry(404, false, (d: { job: string; to: string }) => `Job "${d.job}" is called "${d.to}" now.`),
  RUN_NOT_FOUND: entry(404, false, (d: { runId: string }) => `There is no run ${d.runId}.`),
  JOB_ALREADY_RUNNING: entry(
    409,
    false,
    (d: { job: string; runId: string }) => `Job "${d.job}" is already running (run ${d.runId}).`,
  ),
  JOB_IN_USE: entry(
    409,
    false,
    (d: { job: string }) => `Job "${d.job}" is not retired: an instance has it, or had it when the last one closed.`,
  ),
  JOB_LOCKED: entry(
    409,
    true,
    (d: { job: string }) =>
      `A transaction holds the row of job "${d.job}": the command was not carried out. Try again when it has ended.`,
  ),
  RUN_NOT_RUNNING: entry(409, false, (d: { runId: string }) => `Run ${d.runId} is not running.`),
  SCHEDULER_NOT_OPEN: entry(
    409,
    false,
    (d: { scheduler: string }) => `Scheduler "${d.scheduler}" is not open: call open() first.`,
  ),
  WORKER_NEEDED: entry(
    409,
    false,
    (d: { scheduler: string }) =>
      `Scheduler "${d.scheduler}" is an observer in this process, which cannot do this: ask a process that runs its jobs.`,
  ),
  SCHEDULER_NOT_RUNNING: entry(
    409,
    false,
    (d: { scheduler: string; state: string }) => `Scheduler "${d.scheduler}" is ${d.state}: start it first.`,
  ),
  CONTROL_CONFLICT: entry(
    409,
    true,
    (d: { expected: number; actual: number }) =>
      `The control state has changed since it was read (version ${d.expected}, now ${d.actual}).`,
  ),
  JOBS_CHANGED: entry(
    412,
    false,
    (d: { actual: number }) => `The filter no longer meets the jobs of the preview: it meets ${d.actual} now.`,
  ),
  PRECONDITION_FAILED: entry(
    412,
    false,
    (d: { actual: number }) => `The version in If-Match is not the present one (${d.actual}).`,
  ),
  IDEMPOTENCY_KEY_REUSED: entry(422, false, () => 'This Idempotency-Key came with another request before.'),
  STORE_UNAVAILABLE: entry(503, true, (d: { operation: string }) => `The store did not answer (${d.operation}).`),
  STORE_REFUSED: entry(
    422,
    false,
    (d: { operation: string }) =>
      `The store can never take what it was given (${d.operation}), such as a character that its encoding lacks.`,
  ),
  ENGINE_UNAVAILABLE: entry(
    503,
    true,
    (d: { engine: string; operation: string }) => `The engine ${d.engine} did not answer (${d.operation}).`,
  ),
  ENGINE_UNSUPPORTED: entry(
    500,
    false,
    (d: { engine: string; found: string; supported: string }) =>
      `The engine ${d.engine} works with ${d.supported}, and found ${d.found}.`,
  ),
  ENGINE_QUEUE_MISSING: entry(
    503,
    true,
    (d: { engine: string; queue: string }) =>
      `The engine ${d.engine} has no queue ${d.queue} any more; it is made again.`,
  ),
  STORE_CORRUPT: entry(
    500,
    false,
    (d: { where: string; value: string }) => `The store holds an unexpected value in ${d.where}: ${d.value}.`,
  ),
  SCHEMA_NOT_READY: entry(
    503,
    false,
    (d: { found: string; required: string }) =>
      `The scheduler's tables are at version ${d.found}, this release needs ${d.required}.`,
  ),
  SCHEMA_OCCUPIED: entry(
    503,
    false,
    (d: { schema: string; tables: string }) =>
      `The schema "${d.schema}" holds tables that these migrations did not make (${d.tables}): they are the host's, or of ` +
      'a build before 0.1.0. Choose another schema, or drop them.',
  ),
  SCHEMA_OF_EARLIER_BUILD: entry(
    503,
    false,
    (d: { schema: string; step: string }) =>
      `The schema "${d.schema}" holds the tables of an earlier build (step ${d.step}), and this build cannot upgrade them. ` +
      'Drop that schema with all its history, or start with an empty database or data folder.',
  ),
  UNSUPPORTED_DATABASE_SETTING: entry(
    503,
    false,
    (d: { setting: string; found: string; remedy: string }) =>
      `The scheduler cannot work with ${d.setting} = ${d.found}: ${d.remedy}.`,
  ),
  SESSION_CLOSED: entry(
    500,
    false,
    (d: { unit: string }) =>
      `A session was used after its unit of work "${d.unit}" had ended. Open a new one with withSession().`,
  ),
  SESSION_REUSED: entry(
    500,
    false,
    (d: { unit: string; firstUnit: string }) =>
      `The session provider handed unit of work "${d.unit}" a session that "${d.firstUnit}" already had. ` +
      'Every unit of work needs a session of its own.',
  ),
  RUN_TIMED_OUT: entry(
    500,
    true,
    (d: { timeoutMs: number; limit: 'timeoutMs' | 'runTimeoutMs'; blockedMs?: number }) => {
      const what = d.limit === 'timeoutMs' ? 'The run' : 'The run with all its attempts'
      const blocked = `The event loop was blocked for ${d.blockedMs} ms meanwhile, so that the end of its time was noticed late.`
      return `${what} took longer than ${d.timeoutMs} ms.${d.blockedMs === undefined ? '' : ` ${blocked}`}`
    },
  ),
  RUN_INTERRUPTED: entry(
    503,
    true,
    (d: { job: string }) => `The run of job "${d.job}" was broken off, because its scheduler was shut down.`,
  ),
  RUN_CANCELLED: entry(500, false, (d: { reason: string }) => `The run was cancelled: ${d.reason}.`),
  RUN_ORPHANED: entry(500, true, (d: { runId: string }) => `The process of run ${d.runId} did not renew its lease.`),
  LEASE_LOST: entry(409, false, (d: { runId: string }) => `Run ${d.runId} lost its lease: another owner has it.`),
  RUN_ALREADY_COMPLETED: entry(409, false, (d: { runId: string }) => `Run ${d.runId} is already completed.`),
  ALL_ITEMS_FAILED: entry(500, true, (d: { items: number; codes: Readonly<Record<string, number>> }) => {
    const counts = Object.entries(d.codes).map(([code, count]) => `${code} ${count}`)
    return `None of the ${d.items} items could be processed (${counts.join(', ')}).`
  }),
  INVALID_REQUEST: entry(
    400,
    false,
    (d: { path: string; expected: string; received?: string; suggestion?: string }) => {
      const got = d.received === undefined ? '' : `, got ${d.received}`
      const meant = d.suggestion === undefined ? '' : ` Did you mean "${d.suggestion}"?`
      return `${d.path}: expected ${d.expected}${got}.${meant}`
    },
  ),
  UNAUTHENTICATED: entry(401, false, () => 'Authentication is required.'),
  FORBIDDEN: entry(403, false, () => 'This is not allowed for you.'),
  CROSS_SITE: entry(
    403,
    false,
    () =>
      'Cross-site requests may not change anything. If this page is your own and a proxy stands before the server: let the ' +
      'proxy hand on the host that was asked for, as Host or as an X-Forwarded-Host that the server trusts, or list the ' +
      'origin of the page in `allowedOrigins`.',
  ),
  FOREIGN_HOST: entry(
    403,
    false,
    () =>
      'Without a login this server answers only to the hosts that it knows: list this one in `allowedHosts`, or give ' +
      '`authorize`.',
  ),
  NOT_FOUND: entry(404, false, () => 'There is nothing here.'),
  METHOD_NOT_ALLOWED: entry(405, false, (d: { allow: string }) => `Only ${d.allow} is allowed here.`),
  PAYLOAD_TOO_LARGE: entry(413, false, (d: { limitBytes: number }) => `A body may have ${d.limitBytes} bytes.`),
  BODY_ALREADY_READ: entry(
    500,
    false,
    () =>
      'The request has a body that something read before these routes, and that is not kept in `req.body`. Nothing was ' +
      'changed. Mount the routes before what reads bodies, or hand the body on.',
  ),
  UNSUPPORTED_MEDIA_TYPE: entry(415, false, () => 'A body must be application/json.'),
  TOO_MANY_STREAMS: entry(503, true, () => 'There are as many event streams as there may be.'),
  PAGES_NOT_BUILT: entry(503, false, () => 'The pages have not been built.'),
  SHUTTING_DOWN: entry(503, true, () => 'The scheduler is closing.'),
  TOO_MANY_REQUESTS: entry(
    429,
    true,
    (d: { retryAfterSeconds: number }) => `Too many requests: the next one is taken in ${d.retryAfterSeconds} s.`,
  ),
  READS_BUSY: entry(503, true, () => 'As many questions are being answered as may be at a time. Ask again soon.'),
  READ_TOO_LARGE: entry(422, false, (d: { over: 'rows' | 'time'; limit: number; narrower: string }) => {
    const what = d.over === 'rows' ? `would read more than ${d.limit} entries` : `takes longer than ${d.limit} ms`
    return `The answer to this question ${what}. Ask a narrower one: ${d.narrower}.`
  }),
  READ_ABANDONED: entry(499, false, () => 'Who asked this question has gone before it was answered.'),
  INTERNAL: entry(500, false, () => 'Something went wrong on our side.'),
} as const

export type ErrorCode = keyof typeof ERRORS

/** The details that an error of this code carries. */
export type ErrorDetails<C extends ErrorCode> = Parameters<(typeof ERRORS)[C]['message']>[0]

export interface InvalidOptionsDetails {
  /** Where in the options, such as `jobs[0].timeoutMs`. */
  readonly path: string
  /** The value that was given, shortened and printable. */
  readonly received: string
  /** The accepted values, in words. */
  readonly expected: string
  /** The accepted word nearest to a given one that looks misspelt. */
  readonly suggestion?: string
}

/** An input that its job does not accept. */
export interface InvalidInputDetails extends InvalidOptionsDetails {
  readonly job: string
}

/**
 * The one error class of the library. Recognise it with `isSchedulerError`, not `instanceof`: a process may hold this
 * module twice, as ESM and as CommonJS.
 */
export class SchedulerError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C
  readonly details: ErrorDetails<C>
  /** The HTTP status that a route answers with. */
  readonly status: number
  /** Whether the same call, unchanged, can succeed later. */
  readonly retryable: boolean

  constructor(code: C, details: ErrorDetails<C>, options?: { cause?: unknown }) {
    const { status, retryable, message } = ERRORS[code]
    super((message as (details: ErrorDetails<C>) => string)(details), options)
    Object.defineProperty(this, BRAND, { value: true })
    this.name = errorName(code)
    this.code = code
    this.details = details
    this.status = status
    this.retryable = retryable
  }
}

/** Whether `value` is a `SchedulerError`, of the given code when one is given. It never throws, whatever was thrown. */
export function isSchedulerError<C extends ErrorCode = ErrorCode>(
  value: unknown,
  code?: C,
): value is SchedulerError<C> {
  if (typeof value !== 'object' || value === null) return false
  try {
    return BRAND in value && (code === undefined || ('code' in value && value.code === code))
  } catch {
    // A proxy that was revoked, or whose traps throw.
    return false
  }
}

const BRAND = Symbol.for('@pm/scheduler-core/SchedulerError')

/** `SESSION_CLOSED` is thrown as `SessionClosedError`. */
function errorName(code: ErrorCode): string {
  const words = code.toLowerCase().split('_')
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Error`
}

interface ErrorEntry<D> {
  readonly status: number
  readonly retryable: boolean
  readonly message: (details: D) => string
}

function entry<D>(status: number, retryable: boolean, message: (details: D) => string): ErrorEntry<D> {
  return { status, retryable, message }
}

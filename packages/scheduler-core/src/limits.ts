/**
 * Every limit on what comes from outside and is kept: from handlers, hosts, operators and clients. The first paragraph of
 * a comment says what is limited and its unit; the second begins with what happens beyond the limit, and says why.
 * `pnpm docs:reference` makes docs/reference/limits.md of this file.
 */

// ## What a handler reports

/**
 * A sum of counts: of items, of calls, of their milliseconds, of one run or of all.
 *
 * Stays there. Up to 2^53 - 1 whole numbers are exact. A metric made of such a sum is `null`, with the reason
 * `no_longer_exact`, and every other one is as it was.
 */
export const MAX_COUNT = Number.MAX_SAFE_INTEGER

/**
 * The items of one call of `ctx.report`.
 *
 * Refused with `INVALID_OPTIONS`. A larger number is a mistake, such as an instant in place of a count.
 */
export const MAX_ITEMS = 1e12

/**
 * The milliseconds of one call of a provider.
 *
 * Refused with `INVALID_OPTIONS`. That is some 25 days: a longer call is a mistake.
 */
export const MAX_CALL_MS = 2 ** 31 - 1

/**
 * The number `done` or `total` of `ctx.progress`.
 *
 * Refused with `INVALID_OPTIONS`. More `done` than `total` counts as `total`.
 */
export const MAX_PROGRESS = Number.MAX_SAFE_INTEGER

/**
 * The name of a provider, in characters.
 *
 * Refused with `INVALID_OPTIONS`, as are invisible characters, spaces at the ends and `__proto__`. The name is a label of
 * monitoring and a key of answers, and its totals are kept for ever.
 */
export const MAX_PROVIDER_NAME = 100

/**
 * The different providers that one run names.
 *
 * Refused with `INVALID_OPTIONS`. A run that names more puts something else into the name, such as a URL or an id.
 */
export const MAX_PROVIDERS_OF_RUN = 50

/**
 * The different providers that all runs of a job name, since its process began.
 *
 * Refused with `INVALID_OPTIONS`. Each name has totals and buckets of its own, which every snapshot reads.
 */
export const MAX_PROVIDERS_OF_JOB = 100

/**
 * The different providers that the store of a scheduler has calls of; those that the host describes find room beside them.
 *
 * Refused with `INVALID_OPTIONS`, from the next snapshot on. Totals are kept for ever, and every snapshot reads them.
 */
export const MAX_PROVIDERS = 1_000

/**
 * The name that a handler gives a unit of work, in characters.
 *
 * Cut, with an ellipsis. The status names the units that hold a session.
 */
export const MAX_UNIT_NAME = 100

// ## What a handler throws

/**
 * The name of an error, in characters.
 *
 * Cut, with an ellipsis. Names are words.
 */
export const MAX_ERROR_NAME = 100

/**
 * The message of an error, in characters.
 *
 * Cut, with an ellipsis. The ledger keeps one with each run that failed, and lists show it.
 */
export const MAX_ERROR_MESSAGE = 1_000

/**
 * The stack of an error, in characters; kept only with `storeStacks`.
 *
 * Cut, with an ellipsis. The frames that help stand first.
 */
export const MAX_ERROR_STACK = 8_000

/**
 * The causes and inner errors that are kept of one error.
 *
 * Left out. The first ones say why.
 */
export const MAX_CAUSES = 10

/**
 * How far below an error causes are looked for.
 *
 * Left out. A chain that is longer is a cycle.
 */
export const MAX_CAUSE_DEPTH = 5

/**
 * The message of a cause, in characters.
 *
 * Cut, with an ellipsis. There are several of them.
 */
export const MAX_CAUSE_MESSAGE = 500

/**
 * The past attempts that are kept of a run.
 *
 * Left out, the oldest first. The latest attempts say what is wrong now.
 */
export const MAX_PAST_ATTEMPTS = 20

/**
 * The message of a past attempt, in characters.
 *
 * Cut, with an ellipsis. The error of the last attempt is kept in full.
 */
export const MAX_PAST_MESSAGE = 300

/**
 * The fields that are told of a thrown object that is no error.
 *
 * Left out. They become one message.
 */
export const MAX_THROWN_FIELDS = 20

/**
 * The text of one such field, in characters.
 *
 * Cut. They become one message.
 */
export const MAX_THROWN_FIELD = 500

/**
 * The bits of a thrown or refused whole number that is shown with its digits.
 *
 * Shown as `a huge whole number`. Writing a number of a million digits would hold up the process.
 */
export const MAX_SHOWN_BITS = 512

// ## What is logged, and how much of a text is read

/**
 * The characters of a text that are searched for secrets and then kept or logged.
 *
 * Cut, with a mask or an ellipsis. Searching a text of any size would hold up the process.
 */
export const MAX_READ_TEXT = 32 * 1024

/**
 * The levels of objects in the fields of a log line.
 *
 * Logged as `[too deep]`. So cycles end.
 */
export const MAX_LOGGED_DEPTH = 6

/**
 * The values in the fields of one log line.
 *
 * Logged as `[too much]`. Objects that refer to each other in many ways would never come to an end.
 */
export const MAX_LOGGED_VALUES = 2_000

/**
 * The characters of all texts in the fields of one log line.
 *
 * Cut, with an ellipsis. Searching them for secrets would hold up the process.
 */
export const MAX_LOGGED_TEXT = 256 * 1024

// ## What a host hands over

/**
 * The providers that a host describes.
 *
 * Left out, and logged. Every snapshot has each of them.
 */
export const MAX_DESCRIBED_PROVIDERS = 1_000

/**
 * The codes of a host's `healthReasons`, each of at most 64 characters.
 *
 * Left out, and the health says `HEALTH_REASONS_INVALID`. Every status and every probe has all of them.
 */
export const MAX_HEALTH_REASONS = 20

/**
 * The value of a metric of the host's own, in either direction.
 *
 * Unknown, as `METRIC_NOT_A_NUMBER`. Up to here it is finite in every unit.
 */
export const MAX_OWN_METRIC = 1e300

/**
 * The feeds that a host's source reads.
 *
 * All feeds are unknown then, as `FEEDS_INVALID`. Every snapshot has each of them.
 */
export const MAX_FEEDS = 100_000

/**
 * The name of a feed and of its provider, in characters.
 *
 * Cut, with an ellipsis. Lists and the status name feeds. (A feed with an impossible number is `unknown`; the others are
 * as they are.)
 */
export const MAX_FEED_NAME = 200

// ## What a job says about itself

/**
 * Its description, in characters.
 *
 * Refused with `INVALID_OPTIONS`. Lists show it; a longer text belongs into the runbook.
 */
export const MAX_DESCRIPTION = 1_000

/**
 * Its owner, in characters of one line.
 *
 * Refused with `INVALID_OPTIONS`. Lists show it.
 */
export const MAX_OWNER = 200

/**
 * Its tags.
 *
 * Refused with `INVALID_OPTIONS`. Lists show all of them.
 */
export const MAX_TAGS = 20

/**
 * The address of its runbook, in characters.
 *
 * Refused with `INVALID_OPTIONS`. Browsers take no longer ones.
 */
export const MAX_RUNBOOK_URL = 2_000

/**
 * The name of an exclusion calendar, in characters.
 *
 * Refused with `INVALID_OPTIONS`. The store keeps it with each definition of the job.
 */
export const MAX_CALENDAR_NAME = 64

// ## What operators and clients send

/**
 * The principal of a command, in characters of one line.
 *
 * Refused with `INVALID_OPTIONS`. The control log keeps it.
 */
export const MAX_BY = 200

/**
 * The reason of a command, in characters; over HTTP 500.
 *
 * Refused with `INVALID_OPTIONS`, over HTTP with `INVALID_REQUEST`. The control log keeps it.
 */
export const MAX_WHY = 1_000

/**
 * The input of a run, in bytes of JSON.
 *
 * Refused with `INVALID_INPUT`. The ledger keeps it with the run; more belongs where the handler finds it.
 */
export const MAX_INPUT_BYTES = 8_192

/**
 * The levels of lists and objects in an input.
 *
 * Refused with `INVALID_INPUT`. So cycles end.
 */
export const MAX_INPUT_DEPTH = 32

/**
 * The body of a request, in bytes.
 *
 * Refused with `PAYLOAD_TOO_LARGE`. It is read before anybody knows what is in it.
 */
export const BODY_LIMIT_BYTES = 16 * 1024

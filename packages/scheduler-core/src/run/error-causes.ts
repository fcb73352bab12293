import { MAX_CAUSE_DEPTH, MAX_CAUSE_MESSAGE, MAX_CAUSES, MAX_ERROR_NAME } from '../limits.ts'
import type { Redact } from '../redact/redact.ts'
import { cleanText } from './clean-text.ts'
import { describeThrown, nameOf } from './describe-thrown.ts'
import { codesOf } from './error-codes.ts'
import { isObject, read, readList } from './read-thrown.ts'
import type { StoredCause } from './stored-cause.ts'

/**
 * The causes and inner errors of a thrown value, each before its own: the `cause` of any error, the `errors` of an
 * `AggregateError`, the `error` and the `suppressed` of a `SuppressedError`. Each value is told once, so that cycles end.
 */
export function causesOf(thrown: unknown, redact: Redact): readonly StoredCause[] {
  const causes: StoredCause[] = []
  const seen = new Set<unknown>([thrown])
  addCauses(thrown, 1)
  return causes

  function addCauses(of: unknown, depth: number): void {
    if (depth > MAX_CAUSE_DEPTH) return
    for (const { kind, value } of innerOf(of)) {
      if (causes.length >= MAX_CAUSES) return
      if (isObject(value)) {
        if (seen.has(value)) continue
        seen.add(value)
      }
      causes.push(toCause(value, { kind, depth, redact }))
      addCauses(value, depth + 1)
    }
  }
}

interface Inner {
  readonly kind: StoredCause['kind']
  readonly value: unknown
}

function innerOf(thrown: unknown): readonly Inner[] {
  const cause = read(thrown, 'cause')
  const errors = readList(thrown, 'errors', MAX_CAUSES)
  const suppressed = read(thrown, 'suppressed')
  const pair = suppressed === undefined ? [] : [read(thrown, 'error'), suppressed]
  return [
    ...(cause === undefined || cause === null ? [] : [{ kind: 'cause' as const, value: cause }]),
    ...[...errors, ...pair].map((value) => ({ kind: 'inner' as const, value })),
  ]
}

function toCause(
  thrown: unknown,
  { kind, depth, redact }: Pick<StoredCause, 'kind' | 'depth'> & { readonly redact: Redact },
): StoredCause {
  const { code, sqlState, httpStatus } = codesOf(thrown, redact)
  return {
    kind,
    depth,
    code,
    name: cleanText(nameOf(thrown), { redact, limit: MAX_ERROR_NAME }),
    message: cleanText(describeThrown(thrown), { redact, limit: MAX_CAUSE_MESSAGE }),
    ...(sqlState !== null && { sqlState }),
    ...(httpStatus !== null && { httpStatus }),
  }
}

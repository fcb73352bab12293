import type { StoredErrorView } from '../../contract/run-error.ts'
import type { StoredCause } from '../../run/stored-cause.ts'
import type { StoredError } from '../../run/stored-error.ts'

export function toErrorView(error: StoredError): StoredErrorView {
  return { ...common(error), code: error.code, causes: (error.causes ?? []).map(toCauseView) }
}

function toCauseView(cause: StoredCause): StoredErrorView['causes'][number] {
  return { ...common(cause), kind: cause.kind, depth: cause.depth, code: cause.code }
}

function common({ name, message, sqlState, httpStatus }: StoredError | StoredCause) {
  return { name, message, sql_state: sqlState ?? null, http_status: httpStatus ?? null }
}

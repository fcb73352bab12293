import type { PlainRequest } from '@pm/scheduler-core/http'

/** Whether the reader shows pages: browsers name HTML when they open one, programs do not. */
export function readsPages(request: PlainRequest): boolean {
  return /\btext\/html\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(request.header('accept') ?? '')
}

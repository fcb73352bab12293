import type { PlainResponse } from '@pm/scheduler-core/http'

import { PAGE_HEADERS } from './headers.ts'

/** Sends a reader to another page, which is read with GET. */
export function redirect(location: string): PlainResponse {
  const { 'content-type': _, ...headers } = PAGE_HEADERS
  return { status: 303, headers: { ...headers, location, 'content-length': '0' }, body: new Uint8Array() }
}

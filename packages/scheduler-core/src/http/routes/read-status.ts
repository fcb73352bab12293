import { isMatched } from '../if-none-match.ts'
import type { PlainResponse } from '../response.ts'
import type { RouteContext } from '../route.ts'

/** Answers with the bytes of the present snapshot, or 304 when the reader has them. */
export async function readStatus({ scheduler, request, statusOf }: RouteContext): Promise<PlainResponse> {
  const { etag, full, notModified } = statusOf(await scheduler.snapshot())
  return isMatched(request.header('if-none-match'), etag) ? notModified : full
}

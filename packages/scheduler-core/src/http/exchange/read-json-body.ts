import { SchedulerError } from '../../errors.ts'
import { BODY_LIMIT_BYTES } from '../../limits.ts'
import { bodyAlreadyRead } from './kept-body.ts'
import type { PlainRequest } from './request.ts'

/**
 * The body of a command: `{}` when there is none. Only `application/json` in UTF-8 is read. Media types that a
 * browser's form can send are refused even with an empty body. Throws `BODY_ALREADY_READ` for a body that was announced and
 * is not there: a command with a body is never carried out as one without.
 */
export async function readJsonBody(request: PlainRequest): Promise<unknown> {
  const contentType = request.header('content-type')
  if (contentType !== null && !isJson(contentType)) throw unsupported()
  if ((request.header('content-encoding') ?? 'identity').toLowerCase() !== 'identity') throw unsupported()
  const declared = request.header('content-length')
  if (Number(declared ?? 0) > BODY_LIMIT_BYTES) throw bodyTooLarge()
  const body = await request.readBody(BODY_LIMIT_BYTES)
  if (body.kind === 'none' || (body.kind === 'bytes' && body.bytes.byteLength === 0)) {
    if (isAnnounced(request, body.kind)) throw bodyAlreadyRead()
    return {}
  }
  if (contentType === null) throw unsupported()
  if (body.kind === 'bytes') return parse(body.bytes)
  if (declared === null) refuseLarge(body.value)
  return body.value
}

/** The error that an adapter throws as soon as a body exceeds the limit. */
export function bodyTooLarge(): SchedulerError {
  return new SchedulerError('PAYLOAD_TOO_LARGE', { limitBytes: BODY_LIMIT_BYTES })
}

/** A body that comes in chunks may be empty, if somebody has looked. */
function isAnnounced(request: PlainRequest, kind: 'none' | 'bytes'): boolean {
  if (kind === 'none' && request.header('transfer-encoding') !== null) return true
  return Number(request.header('content-length') ?? 0) > 0
}

function isJson(contentType: string): boolean {
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))
  return type === 'application/json' && (charset === undefined || /^charset="?utf-8"?$/.test(charset))
}

function parse(bytes: Uint8Array): unknown {
  if (bytes.byteLength > BODY_LIMIT_BYTES) throw bodyTooLarge()
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new SchedulerError('INVALID_REQUEST', { path: 'body', expected: 'JSON in UTF-8' })
  }
}

/** The size of a chunked body that was parsed before us is known only once it is serialized again. */
function refuseLarge(value: unknown): void {
  let size: number
  try {
    size = JSON.stringify(value).length
  } catch {
    throw bodyTooLarge()
  }
  if (size > BODY_LIMIT_BYTES) throw bodyTooLarge()
}

function unsupported(): SchedulerError {
  return new SchedulerError('UNSUPPORTED_MEDIA_TYPE', {})
}

import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

import { isMatched, type PlainRequest, type PlainResponse } from '@pm/scheduler-core/http'

import { CONTENT_SECURITY_POLICY } from '../html/headers.ts'

/** A file of the pages, in memory. Its address changes with its content, so that browsers may keep it for ever. */
export interface Asset {
  /** Its address below the mount, such as `assets/main-1f2e3d4c.js`. */
  readonly path: string
  answer(request: PlainRequest): Promise<PlainResponse>
}

export interface AssetContent {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Compresses once for each encoding, when it is first asked for, outside of the event loop. */
export function createAsset({ path, bytes }: AssetContent): Asset {
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  const hash = hashOf(bytes)
  const isText = /^(text|image\/svg)/.test(type)
  const encoded = new Map<string, Promise<Uint8Array>>()

  function bodyIn(encoding: Encoding): Promise<Uint8Array> {
    const known = encoded.get(encoding)
    if (known) return known
    const body = COMPRESS[encoding](bytes)
    encoded.set(encoding, body)
    return body
  }

  return {
    path,
    async answer(request) {
      const encoding = isText ? chooseEncoding(request.header('accept-encoding')) : 'identity'
      const etag = encoding === 'identity' ? `"${hash}"` : `"${hash}.${encoding}"`
      const kept = {
        etag,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      }
      if (isMatched(request.header('if-none-match'), etag)) return { status: 304, headers: kept, body: null }
      const body = await bodyIn(encoding)
      const headers = {
        ...kept,
        'content-type': type,
        'content-length': String(body.byteLength),
        // A worker obeys the policy of its own script.
        'content-security-policy': CONTENT_SECURITY_POLICY,
        ...(encoding !== 'identity' && { 'content-encoding': encoding }),
      }
      return { status: 200, headers, body: request.method === 'HEAD' ? null : body }
    },
  }
}

/** Short enough for a name, long enough that no two files of a build meet. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16)
}

type Encoding = 'br' | 'gzip' | 'identity'

const COMPRESS: Readonly<Record<Encoding, (bytes: Uint8Array) => Promise<Uint8Array>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
  identity: async (bytes) => bytes,
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
}

/** The best encoding that the reader takes. A weight of 0 refuses one (RFC 9110 section 12.5.3). */
function chooseEncoding(accepted: string | null): Encoding {
  const taken = new Set(
    (accepted ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.trim())
      .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
      .map((part) => part.replace(/\s*;.*$/, '')),
  )
  if (taken.has('br')) return 'br'
  return taken.has('gzip') ? 'gzip' : 'identity'
}

import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'

/** A server that is driven from outside: where it is, and the token of somebody who may do everything. */
export interface Target {
  readonly url: string
  readonly token: string
}

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, text as it is. */
  readonly body?: object | string
  /** Whether the token is left out. */
  readonly isAnonymous?: boolean
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body as JSON; fails where it is none. */
  json(): Record<string, unknown>
}

/** One request by node:http, which adds and caches nothing. */
export async function ask(target: Target, path: string, question: Question = {}): Promise<Reply> {
  const incoming = await open(target, path, question)
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const json = () => JSON.parse(text) as Record<string, unknown>
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text, json }
}

/** Resolves with the head of the answer. */
export function open(
  { url, token }: Target,
  path: string,
  { method = 'GET', headers = {}, body, isAnonymous = false }: Question = {},
): Promise<IncomingMessage> {
  const text = typeof body === 'object' ? JSON.stringify(body) : body
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url + path,
      {
        method,
        agent: false,
        headers: {
          ...(!isAnonymous && { authorization: `Bearer ${token}` }),
          ...(typeof body === 'object' && { 'content-type': 'application/json' }),
          ...(text !== undefined && { 'content-length': String(Buffer.byteLength(text)) }),
          ...headers,
        },
      },
      resolve,
    )
    outgoing.on('error', reject)
    outgoing.end(text)
  })
}

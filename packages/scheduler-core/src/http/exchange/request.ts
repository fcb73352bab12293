/** A request as every adapter hands it over. */
export interface PlainRequest {
  readonly method: string
  /** The parameters of the matched path, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** The text after the question mark, as it came. */
  readonly query: string
  /** The hosts under which the server knows itself, with a port that is not the scheme's default. */
  readonly hosts: readonly string[]
  /** A header by its lower-case name; several of one name joined by a comma. */
  header(name: string): string | null
  /** Aborts when the caller hangs up before it is answered (default: nobody tells). */
  readonly signal?: AbortSignal | undefined
  /** Reads the body, once. Rejects with `PAYLOAD_TOO_LARGE` as soon as it exceeds the limit. */
  readBody(limitBytes: number): Promise<RequestBody>
}

/** `parsed` when a middleware has read the body already, as `express.json()` does. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'parsed'; readonly value: unknown }

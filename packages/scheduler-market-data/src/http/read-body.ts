export type BodyReading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly code: 'BODY_TOO_LARGE' | 'CONNECTION_FAILED' }

/**
 * Reads a body as text, in the character set that `contentType` names (default UTF-8). Cancels a body of more than
 * `maxBytes`.
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  contentType: string | null = null,
): Promise<BodyReading> {
  if (body === null) return { kind: 'text', text: '' }
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const chunk = await reader.read().catch(() => null)
    if (chunk === null) return { kind: 'refused', code: 'CONNECTION_FAILED' }
    const { done, value } = chunk
    // Decoded at once: chunk by chunk, the text is put together and copied on the heap, which a long answer feels.
    if (done) return { kind: 'text', text: decoderFor(contentType).decode(Buffer.concat(chunks, bytes)) }
    bytes += value.byteLength
    if (bytes > maxBytes) {
      // Not awaited, since the stream may stop slowly and its content is not needed.
      reader.cancel().catch(() => {})
      return { kind: 'refused', code: 'BODY_TOO_LARGE' }
    }
    chunks.push(value)
  }
}

/** A character set that nobody knows is read as UTF-8, in which an answer of another set is refused as unreadable. */
function decoderFor(contentType: string | null) {
  const label = /;\s*charset\s*=\s*"?([\w:.-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder()
  }
}

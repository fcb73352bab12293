/** An event of a stream, or a sign of life that carries none. */
export type StreamItem =
  | { readonly kind: 'event'; readonly id: string; readonly data: string }
  | { readonly kind: 'comment' }

/**
 * Parses server-sent events (HTML Living Standard, section 9.2.6) from chunks of any size. An id also holds for the
 * following events until another one comes. An event that is cut off at the end is dropped, as the standard requires.
 */
export async function* parseEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamItem, void, void> {
  let id = ''
  let data: string[] = []
  for await (const line of readLines(body)) {
    const { field, value } = parseLine(line)
    if (field === 'data') data.push(value)
    else if (field === 'id') id = value
    else if (field === '') yield { kind: 'comment' }
    if (line !== '' || data.length === 0) continue
    yield { kind: 'event', id, data: data.join('\n') }
    data = []
  }
}

/** A line without a colon is a field without a value; a field without a name is a comment. */
function parseLine(line: string): { readonly field: string; readonly value: string } {
  const [, field = line, value = ''] = /^([^:]*):\u0020?(.*)$/s.exec(line) ?? []
  return line === '' ? { field: 'end', value } : { field, value }
}

/** Lines end with CR, LF or both; a CR at the end of a chunk may have its LF in the next. */
async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      rest += decoder.decode(piece.value, { stream: true })
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

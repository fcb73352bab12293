import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseEvents, type StreamItem } from './parse-events.ts'

describe('the event stream parser', () => {
  it.each<readonly [string, string, readonly StreamItem[]]>([
    ['an event of this library', 'id: 1-2\nevent: status\ndata: {"a":1}\n\n', [event('1-2', '{"a":1}')]],
    ['a comment', ':\n\n', [{ kind: 'comment' }]],
    ['a comment with text', ': keep alive\n', [{ kind: 'comment' }]],
    ['carriage returns', 'id:7\r\ndata:x\r\n\r\n', [event('7', 'x')]],
    ['old line ends', 'data: x\r\rdata: y\n\n', [event('', 'x'), event('', 'y')]],
    ['data in several lines', 'data: a\ndata:\ndata: b\n\n', [event('', 'a\n\nb')]],
    ['an id that stays', 'id: 1\ndata: a\n\ndata: b\n\n', [event('1', 'a'), event('1', 'b')]],
    ['an id without data', 'id: 1\n\ndata: b\n\n', [event('1', 'b')]],
    ['one space taken off, no more', 'data:  x: y\n\n', [event('', ' x: y')]],
    ['fields it does not know', 'retry: 10\nfoo\nbar: 1\ndata: x\n\n', [event('', 'x')]],
    ['the middle of an event', 'data: a\n\ndata: b\n', [event('', 'a')]],
    ['nothing', '', []],
  ])('reads %s, however it is cut into chunks', async (_what, text, items) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length)), async (cuts) => {
        expect(await read(text, cuts)).toEqual(items)
      }),
      { numRuns: 25 },
    )
  })

  it('reads characters that are cut into chunks', async () => {
    const bytes = new TextEncoder().encode('data: Zürich ≠ 東京 🙂\n\n')
    for (let cut = 0; cut < bytes.length; cut++)
      expect(await collect([bytes.slice(0, cut), bytes.slice(cut)])).toEqual([event('', 'Zürich ≠ 東京 🙂')])
  })
})

function event(id: string, data: string): StreamItem {
  return { kind: 'event', id, data }
}

function read(text: string, cuts: readonly number[]): Promise<StreamItem[]> {
  const places = [0, ...cuts.toSorted((a, b) => a - b), text.length]
  return collect(places.slice(1).map((end, index) => new TextEncoder().encode(text.slice(places[index], end))))
}

async function collect(pieces: readonly Uint8Array[]): Promise<StreamItem[]> {
  const items: StreamItem[] = []
  for await (const item of parseEvents(ReadableStream.from(pieces))) items.push(item)
  return items
}

import { describe, expect, it } from 'vitest'

import type { CreateProviderHarness } from './provider-harness.ts'
import { askWithoutWrongPrice, openStage, PRICES, quotesAll, respond, type Server } from './provider-stage.ts'

/** What a provider makes of bodies that are not what was sent: never a wrong price. */
export function describeBrokenBodies(createHarness: CreateProviderHarness): void {
  const told = (server: Server) => askWithoutWrongPrice(createHarness, server)

  describe('broken bodies', () => {
    it('takes no wrong price from an answer that is cut off anywhere', async () => {
      for (let share = 0; share < 25; share++) {
        await told(withBody((body) => body.slice(0, Math.floor((body.length * share) / 25))))
      }
      for (let less = 1; less <= 25; less++) await told(withBody((body) => body.slice(0, -less)))
    })

    it('takes no wrong price from an answer in another character set', async () => {
      const encodings: Server[] = [
        withBody((body) => Buffer.from(body, 'utf16le')),
        withBody((body) => Buffer.from(`\uFEFF${body}`, 'utf16le'), { 'content-type': 'text/plain; charset=utf-16' }),
        withBody((body) => Buffer.from(body, 'latin1'), { 'content-type': 'text/plain; charset=nobody-knows' }),
        withBody((body) => Buffer.from(body).map((byte) => byte ^ 0x80)),
        withBody((body) => `\0${body}`),
      ]
      for (const server of encodings) await told(server)
    })

    it('reads an answer that begins with a byte order mark', async () => {
      expect(await told(withBody((body) => `\uFEFF${body}`))).toEqual(PRICES)
    })

    it('gives an answer without quotes, and one of another shape, a code', async () => {
      for (const body of BODIES) expect((await told((_, harness) => respond(harness, body))).every(isCode)).toBe(true)
    })

    it('cuts off an answer that is too large', async () => {
      const huge = ' '.repeat(3 * 2 ** 20)
      expect(new Set(await told(withBody((body) => body + huge)))).toContain('BODY_TOO_LARGE')
    })

    it('answers for every symbol, whichever sign of the body is another', async () => {
      for (let part = 0; part < 24; part++) {
        for (const sign of ['"', ',', '}', '\n', '-', '9']) {
          const server = withBody((whole) => {
            const at = Math.floor((whole.length * part) / 24)
            return whole.slice(0, at) + sign + whole.slice(at + 1)
          })
          expect((await openStage(createHarness, server).ask()).errors).toEqual([])
        }
      }
    })
  })
}

/** A server whose bodies are changed on their way. */
function withBody(change: (body: string) => string | Uint8Array<ArrayBuffer>, headers = {}): Server {
  const whole = quotesAll()
  return async (names, harness) => {
    const body = await (await whole(names, harness)).text()
    return respond(harness, change(body), { headers })
  }
}

const BODIES = [
  ...['', ' ', '<!doctype html><title>Sign in</title>', 'null', '[]', '{}', '7', '"text"', 'true', '{"a":'],
  ...['a,b,c\n1,2,3\n', '{"hello":"world"}', '['.repeat(2_000) + ']'.repeat(2_000), '\0\0\0', 'Internal error'],
]

function isCode(told: string): boolean {
  return /^[A-Z_]+$/.test(told)
}

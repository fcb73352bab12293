import { describe, expect, it } from 'vitest'

import type { CreateProviderHarness, SuiteEntry } from './provider-harness.ts'
import { openStage, PRICES, quotesAll, respond, type Server, toldOf } from './provider-stage.ts'

/** What a provider makes of answers that are not what they should be: never a wrong price. */
export function describeHostileAnswers(createHarness: CreateProviderHarness): void {
  const { asksForSeveral } = createHarness()

  /** Asks a server, and returns the prices and codes. No symbol has the price of another, or one that was not sent. */
  async function told(server: Server): Promise<readonly string[]> {
    const { results } = await openStage(createHarness, server).ask()
    const said = toldOf(results)
    for (const [index, result] of results.entries()) {
      if (result.kind === 'quote') expect(said[index]).toBe(PRICES[index])
    }
    return said
  }

  const withBody = (change: (body: string) => string | Uint8Array<ArrayBuffer>, headers = {}): Server => {
    const whole = quotesAll()
    return async (names, harness) => {
      const body = await (await whole(names, harness)).text()
      return respond(harness, change(body), { headers })
    }
  }

  describe('hostile answers', () => {
    it.each(NO_PRICES)('takes %j for no price', async (price) => {
      const server = quotesAll((entries) => entries.map((entry) => ({ ...entry, price })))
      expect((await told(server)).filter((one) => /^\d/.test(one))).toEqual([])
    })

    it('keeps every digit of a price', async () => {
      const price = '123456789.123456789'
      const { ask } = openStage(
        createHarness,
        quotesAll((entries) => entries.map((entry) => ({ ...entry, price }))),
      )
      expect(new Set(toldOf((await ask()).results))).toEqual(new Set([price]))
    })

    it.skipIf(!asksForSeveral)('loses of a list only the symbol that has no price', async () => {
      const server = quotesAll((entries) =>
        entries.map((entry, index) => (index === 1 ? { ...entry, price: null } : entry)),
      )
      expect(await told(server)).toEqual([PRICES[0], expect.stringMatching(/^[A-Z_]+$/), PRICES[2]])
    })

    it.skipIf(!asksForSeveral)('believes neither of two different prices of one symbol', async () => {
      const server = quotesAll((entries) => [...entries, ...entries.slice(0, 1).map(otherwise)])
      expect(await told(server)).toEqual(['DUPLICATE_ANSWER', PRICES[1], PRICES[2]])
    })

    it.skipIf(!asksForSeveral)('matches an answer in another order to what was asked', async () => {
      expect(await told(quotesAll((entries) => [...entries].reverse()))).toEqual(PRICES)
    })

    it('takes no price of another symbol', async () => {
      const renamed = quotesAll((entries) => entries.map((entry) => ({ ...entry, name: `${entry.name}X` })))
      expect((await told(renamed)).filter((one) => /^\d/.test(one))).toEqual([])
    })

    it('takes no price from the future', async () => {
      const future = quotesAll((entries) => entries.map((entry) => ({ ...entry, at: Date.UTC(2027, 0, 15, 20) })))
      expect((await told(future)).filter((one) => /^\d/.test(one))).toEqual([])
    })

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

const NO_PRICES = [
  ...[null, '', '0', '0.000', '-0', '-189.55', 'NaN', '-Infinity', '1e999', '1e16', 'null', 'true', 'None'],
  ...['12 apples', '1,189.55', '1.189,55', '0x1F', '{"raw":189.55}', '[189.55]', '189.55.1', '\u0661\u0668\u0669'],
]

const BODIES = [
  ...['', ' ', '<!doctype html><title>Sign in</title>', 'null', '[]', '{}', '7', '"text"', 'true', '{"a":'],
  ...['a,b,c\n1,2,3\n', '{"hello":"world"}', '['.repeat(2_000) + ']'.repeat(2_000), '\0\0\0', 'Internal error'],
]

function otherwise(entry: SuiteEntry): SuiteEntry {
  return { ...entry, price: '1.23' }
}

function isCode(told: string): boolean {
  return /^[A-Z_]+$/.test(told)
}

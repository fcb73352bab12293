import { describe, expect, it } from 'vitest'

import type { CreateProviderHarness, SuiteEntry } from './provider-harness.ts'
import { askWithoutWrongPrice, openStage, PRICES, quotesAll, type Server, toldOf } from './provider-stage.ts'

/** What a provider makes of answers that say what they should not: never a wrong price. */
export function describeHostileAnswers(createHarness: CreateProviderHarness): void {
  const { asksForSeveral } = createHarness()
  const told = (server: Server) => askWithoutWrongPrice(createHarness, server)

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
  })
}

const NO_PRICES = [
  ...[null, '', '0', '0.000', '-0', '-189.55', 'NaN', '-Infinity', '1e999', '1e16', 'null', 'true', 'None'],
  ...['12 apples', '1,189.55', '1.189,55', '0x1F', '{"raw":189.55}', '[189.55]', '189.55.1', '\u0661\u0668\u0669'],
]

function otherwise(entry: SuiteEntry): SuiteEntry {
  return { ...entry, price: '1.23' }
}

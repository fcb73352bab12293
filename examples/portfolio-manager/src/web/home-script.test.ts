import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'

/** The script of the page, run on a document that only remembers what is put into its slots. */
const SCRIPT = readFileSync(new URL('../../public/app.js', import.meta.url), 'utf8')

const POSITION = {
  symbol: 'VOD.L',
  name: 'Vodafone',
  unit: 'shares',
  quantity: '1000',
  currency: 'GBP',
  price: '95.06',
  price_unit: 'GBp',
  value: '950.6',
  provider: 'yahoo_finance',
  quoted_at: '2026-02-24T16:30:00.000Z',
  fetched_at: '2026-02-24T16:45:00.000Z',
  status: 'market_closed',
  status_reason: 'last_close',
  unpriced_reason: null,
}

const TOTAL = {
  currency: 'USD',
  value: '2282.23756728897',
  kind: 'converted',
  apart_reason: null,
  apart_currency: null,
  rates: [{ from: 'GBP', to: 'USD', rate: '1.348871835987', rate_date: '2026-02-24', source: 'ECB' }],
  positions: 2,
  unpriced: 0,
  oldest_quoted_at: '2026-02-20T21:00:00.000Z',
  oldest_symbol: 'AAPL',
  oldest_fetched_at: '2026-02-24T16:45:00.000Z',
  worst_status: 'stale',
  worst_status_reason: 'not_answered',
  worst_symbol: 'AAPL',
}

const TOTALS = [
  { currency: 'GBP', value: '950.6' },
  { currency: 'USD', value: '1000' },
]

test('1,000 VOD.L at 95.06 GBp are £950.60, and the price stays in pence', async () => {
  const page = await show({ positions: [POSITION], totals: TOTALS, total: TOTAL })
  expect(page['positions']).toContain('1,000 shares')
  expect(page['positions']).toContain('at 95.06 GBp')
  expect(page['positions']).toContain('£950.60')
  expect(page['positions']).not.toContain('£95.06')
})

test.each(['GBp', 'GBX', 'ZAc', 'ILA', 'USX', 'KWF'])('a price in %s is shown in %s', async (price_unit) => {
  const page = await show({ positions: [{ ...POSITION, price_unit }], totals: TOTALS, total: TOTAL })
  expect(page['positions']).toContain(`at 95.06 ${price_unit}`)
  expect(page['positions']).not.toMatch(/[£$₪]95\.06/)
})

test('a converted total names its rates, their day, its oldest price and its worst status', async () => {
  const page = await show({ positions: [POSITION], totals: TOTALS, total: TOTAL })
  expect(page['totals']).toBe('$2,282.24')
  expect(page['total_notes']).toContain('£950.60 + $1,000.00')
  expect(page['total_notes']).toContain('1 GBP = 1.348872 USD (ECB, Feb 24, 2026)')
  expect(page['total_notes']).toContain('oldest price: Feb 20, 2026 (AAPL)')
  expect(page['worst']).toContain('worst price: AAPL')
  expect(page['worst']).toContain('stale')
})

test('totals that stay apart are shown apart, with the reason', async () => {
  const apart = {
    ...TOTAL,
    kind: 'apart',
    value: null,
    rates: [],
    apart_reason: 'rates_too_old',
    apart_currency: 'GBP',
  }
  const page = await show({ positions: [POSITION], totals: TOTALS, total: apart })
  expect(page['totals']).toBe('£950.60 + $1,000.00')
  expect(page['total_notes']).toContain('not added up: rates too old (GBP)')
})

test('a position without a value says why, and is no zero', async () => {
  const empty = { price: null, price_unit: null, value: null, quoted_at: null, fetched_at: null, status: 'unknown' }
  const position = { ...POSITION, ...empty, unpriced_reason: 'no_quote' }
  const total = { ...TOTAL, value: null, unpriced: 1 }
  const page = await show({ positions: [position], totals: [{ currency: 'GBP', value: null }], total })
  expect(page['positions']).toContain('no quote')
  expect(page['positions']).toContain('at –')
  expect(page['totals']).toBe('–')
  expect(page['total_notes']).toContain('1 of 2 positions have no value')
})

/** The text of each slot once the script has read this portfolio. Every other route answers 503. */
async function show(portfolio: object): Promise<Readonly<Record<string, string>>> {
  const slots = new Map<string, Element>()
  const slotOf = (selector: string) => {
    const name = /data-slot="(.*)"/.exec(selector)?.[1] ?? selector
    if (name === 'attention') return null
    const known = slots.get(name) ?? new Element()
    slots.set(name, known)
    return known
  }
  const context = createContext({
    document: { querySelector: slotOf, createElement: () => new Element(), addEventListener() {}, hidden: false },
    fetch: async (path: string) => ({
      ok: path === './api/v1/portfolio',
      status: path === './api/v1/portfolio' ? 200 : 503,
      json: async () => portfolio,
    }),
    setTimeout() {},
    Intl: american(),
    Date: AmericanDate,
  })
  runInContext(SCRIPT, context)
  await new Promise<void>((resolve) => setImmediate(resolve))
  return Object.fromEntries([...slots].map(([name, element]) => [name, element.text]))
}

class AmericanDate extends Date {
  override toLocaleDateString(_locales?: Intl.LocalesArgument, options?: Intl.DateTimeFormatOptions): string {
    return super.toLocaleDateString('en-US', { timeZone: 'UTC', ...options })
  }
}

/** The locale of a browser. */
function american() {
  return {
    NumberFormat: class extends Intl.NumberFormat {
      constructor(_locale: undefined, options: Intl.NumberFormatOptions) {
        super('en-US', options)
      }
    },
  }
}

class Element {
  textContent = ''
  hidden = true
  readonly #children: (Element | string)[] = []
  append(...children: (Element | string)[]) {
    this.#children.push(...children)
  }
  replaceChildren(...children: (Element | string)[]) {
    this.textContent = ''
    this.#children.splice(0, Number.POSITIVE_INFINITY, ...children)
  }
  setAttribute() {}
  get text(): string {
    return [this.textContent, ...this.#children.map((child) => (typeof child === 'string' ? child : child.text))]
      .join(' ')
      .trim()
  }
}

import type { QuoteLayout } from '@pm/scheduler-market-data'

/** How our tables of quotes and feeds are named. Live and replayed prices are kept apart in them. */
export const QUOTE_LAYOUT = { scope: 'market_data' } as const satisfies QuoteLayout

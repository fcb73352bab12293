import type { InstrumentFacts, InstrumentType } from '../../src/index.ts'

/** How often an instrument of the week is traded: every minute, twice a session, on one day only, or once after it. */
export type Trading = 'busy' | 'thin' | 'asleep' | 'fund'

export interface WeekInstrument {
  readonly symbol: string
  readonly said: InstrumentFacts
  /** The exchange whose hours its trades keep in this world. */
  readonly market: string
  readonly trading: Trading
}

const MINUTE = 60_000

/** Forty instruments at sixteen venues, with what the provider says of each. A line more is an instrument more. */
export const INSTRUMENTS: readonly WeekInstrument[] = [
  at('XNAS', 'AAPL', { exchange: 'NMS', delayMs: 0 }),
  at('XNAS', 'MSFT', { exchange: 'NMS', delayMs: 0 }),
  at('XNAS', 'SPLK', { exchange: 'NMS', delayMs: 0 }),
  at('XNAS', 'FB', { exchange: 'NMS', delayMs: 0 }),
  at('XNAS', 'META', { exchange: 'NMS', delayMs: 0 }),
  at('XNYS', 'IBM', { exchange: 'NYQ', delayMs: 0 }),
  at('XNYS', 'BRK-A', { exchange: 'NYQ', delayMs: 0 }, 'thin'),
  at('XNYS', 'SPY', { exchange: 'PCX', type: 'etf', delayMs: 0 }),
  at('XNYS', '^GSPC', { exchange: 'SNP', type: 'index', delayMs: 0 }),
  at('XNAS', 'VTSAX', { exchange: 'NAS', type: 'fund', delayMs: 0 }, 'fund'),
  at('XNYS', 'TYPO', {}),
  at('XTSE', 'RY.TO', { exchange: 'TOR', delayMs: 15 * MINUTE }),
  at('XTSE', 'SHOP.TO', { exchange: 'TOR', delayMs: 15 * MINUTE }),
  at('XLON', 'VOD.L', { exchange: 'LSE', delayMs: 15 * MINUTE }),
  at('XLON', 'AZN.L', { exchange: 'LSE', delayMs: 15 * MINUTE }),
  at('XLON', 'TRIN.L', { exchange: 'LSE', delayMs: 15 * MINUTE }, 'thin'),
  at('XLON', '^FTSE', { exchange: 'FGI', type: 'index', timezone: 'Europe/London', delayMs: 15 * MINUTE }),
  at('XETR', 'SAP.DE', { exchange: 'GER', delayMs: 15 * MINUTE }),
  at('XETR', 'SIE.DE', { exchange: 'GER', delayMs: 15 * MINUTE }),
  at('XPAR', 'MC.PA', { exchange: 'PAR', delayMs: 15 * MINUTE }),
  at('XAMS', 'ASML.AS', { exchange: 'AMS', delayMs: 15 * MINUTE }),
  at('XSWX', 'NESN.SW', { exchange: 'EBS', delayMs: 15 * MINUTE }),
  at('XTKS', '7203.T', { exchange: 'JPX', delayMs: 20 * MINUTE }),
  at('XTKS', '6758.T', { exchange: 'JPX', delayMs: 20 * MINUTE }),
  at('XHKG', '0700.HK', { exchange: 'HKG', delayMs: 15 * MINUTE }),
  at('XHKG', '0005.HK', { exchange: 'HKG', delayMs: 15 * MINUTE }),
  at('XSES', 'D05.SI', { exchange: 'SES', delayMs: 10 * MINUTE }),
  at('XNSE', 'INFY.NS', { exchange: 'NSI', delayMs: 0 }),
  at('XASX', 'BHP.AX', { exchange: 'ASX', delayMs: 20 * MINUTE }),
  at('XASX', 'TINY.AX', { exchange: 'ASX', delayMs: 20 * MINUTE }, 'asleep'),
  at('XSAU', '2222.SR', { exchange: 'SAU', delayMs: 15 * MINUTE }),
  at('XTAE', 'TEVA.TA', { exchange: 'TLV', delayMs: 20 * MINUTE }),
  at('XTAE', 'NICE.TA', { exchange: 'TLV', delayMs: 20 * MINUTE }),
  at('CME-EQUITY', 'ES=F', { exchange: 'CME', type: 'future', delayMs: 10 * MINUTE }),
  at('CME-ENERGY', 'CL=F', { exchange: 'NYM', type: 'future', delayMs: 10 * MINUTE }),
  at('24/5', 'EURUSD=X', { exchange: 'CCY', type: 'currency', delayMs: 0 }),
  at('24/5', 'GBPUSD=X', { exchange: 'CCY', type: 'currency', delayMs: 0 }),
  at('24/7', 'BTC-USD', { exchange: 'CCC', type: 'crypto', delayMs: 0 }),
  at('24/7', 'ETH-USD', { exchange: 'CCC', type: 'crypto', delayMs: 0 }),
  at('XNYS', 'PETR4.SA', { exchange: 'SAO', timezone: 'America/Sao_Paulo', delayMs: 15 * MINUTE }),
]

function at(market: string, symbol: string, said: Partial<InstrumentFacts>, trading: Trading = 'busy'): WeekInstrument {
  const type: InstrumentType | null = Object.keys(said).length === 0 ? null : 'equity'
  const facts = { type, exchange: null, timezone: null, marketState: null, delayMs: null, ...said }
  return { symbol, market, trading, said: facts }
}

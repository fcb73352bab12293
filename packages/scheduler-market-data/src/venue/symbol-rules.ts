import type { InstrumentType } from '../quote/instrument-facts.ts'

/**
 * The exchange of a symbol in Yahoo's spelling; `null` where the spelling does not tell. A rule of last resort: a symbol
 * without a suffix counts as listed in New York, and an index belongs to the exchange whose shares it counts.
 */
export function exchangeOf(symbol: string): string | null {
  const name = symbol.toUpperCase()
  switch (typeOfSymbol(name)) {
    case 'future':
      return FUTURES[name.slice(0, -2).replace(/[FGHJKMNQUVXZ]\d{2}(?:\.[A-Z]+)?$/, '')] ?? null
    case 'currency':
      return '24/5'
    case 'crypto':
      return '24/7'
    case 'index':
      return INDEXES[name.slice(1)] ?? suffixed(name) ?? null
    default:
      return name.includes('.') ? suffixed(name) : 'XNYS'
  }
}

/** The type that the spelling of a symbol tells; `null` where it tells none. */
export function typeOfSymbol(symbol: string): InstrumentType | null {
  const name = symbol.toUpperCase()
  if (name.endsWith('=F')) return 'future'
  if (name.endsWith('=X')) return 'currency'
  if (name.startsWith('^')) return 'index'
  if (CRYPTO.test(name)) return 'crypto'
  // Nasdaq gives the symbols of open-end funds five letters, of which the last is an X.
  return /^[A-Z]{4}X$/.test(name) ? 'fund' : null
}

/** What crypto is priced in. Hyphens of shares have one or two letters after them: their class, series or kind. */
const CRYPTO = /^[A-Z0-9]+-(?:USD|EUR|GBP|JPY|CAD|AUD|CHF|INR|KRW|BRL|BTC|ETH|USDT|USDC)$/

function suffixed(name: string): string | null {
  return SUFFIXES[/\.([A-Z]+)$/.exec(name)?.[1] ?? ''] ?? null
}

const SUFFIXES: Readonly<Record<string, string>> = {
  L: 'XLON',
  DE: 'XETR',
  PA: 'XPAR',
  AS: 'XAMS',
  SW: 'XSWX',
  T: 'XTKS',
  HK: 'XHKG',
  SI: 'XSES',
  NS: 'XNSE',
  AX: 'XASX',
  SR: 'XSAU',
  TA: 'XTAE',
  TO: 'XTSE',
}

const INDEXES: Readonly<Record<string, string>> = {
  GSPC: 'XNYS',
  DJI: 'XNYS',
  RUT: 'XNYS',
  VIX: 'XNYS',
  IXIC: 'XNAS',
  NDX: 'XNAS',
  FTSE: 'XLON',
  FTMC: 'XLON',
  GDAXI: 'XETR',
  FCHI: 'XPAR',
  AEX: 'XAMS',
  SSMI: 'XSWX',
  N225: 'XTKS',
  HSI: 'XHKG',
  STI: 'XSES',
  NSEI: 'XNSE',
  AXJO: 'XASX',
  GSPTSE: 'XTSE',
}

/** Equity indexes and energy have hours of their own; metals trade with energy. */
const FUTURES: Readonly<Record<string, string>> = {
  ES: 'CME-EQUITY',
  NQ: 'CME-EQUITY',
  YM: 'CME-EQUITY',
  RTY: 'CME-EQUITY',
  CL: 'CME-ENERGY',
  NG: 'CME-ENERGY',
  HO: 'CME-ENERGY',
  RB: 'CME-ENERGY',
  BZ: 'CME-ENERGY',
  GC: 'CME-ENERGY',
  SI: 'CME-ENERGY',
  HG: 'CME-ENERGY',
}

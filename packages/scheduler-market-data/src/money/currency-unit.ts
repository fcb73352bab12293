/** A unit in which prices are quoted: a currency, or a fraction of one. */
export interface CurrencyUnit {
  /** As providers write it, such as `GBp`. The case matters: `GBP` is another unit. */
  readonly code: string
  /** The currency of it, such as `GBP`. */
  readonly currency: string
  /** How many of this unit are one of the currency: 100 for pence, 1 for the currency itself. */
  readonly perMajor: 1 | 100 | 1000
}

/**
 * Minor units by the codes of providers and exchanges, none of which is in ISO 4217. Yahoo's are those of its quotes of
 * VOD.L, NPN.JO, TEVA.TA, ZC=F and NBK.KW. Several exchanges list in both units, so a symbol does not tell which.
 */
const MINOR_UNITS: readonly (readonly [code: string, currency: string, perMajor: 100 | 1000])[] = [
  ['GBp', 'GBP', 100], // pence: Yahoo
  ['GBX', 'GBP', 100], // pence: London Stock Exchange, LSEG
  ['GBx', 'GBP', 100], // pence: LSEG
  ['ZAc', 'ZAR', 100], // cents: Yahoo
  ['ZAC', 'ZAR', 100], // cents: Johannesburg Stock Exchange
  ['ZAr', 'ZAR', 100], // cents: Bloomberg
  ['ILA', 'ILS', 100], // agorot: Yahoo, Tel Aviv Stock Exchange
  ['ILa', 'ILS', 100], // agorot: LSEG
  ['ILs', 'ILS', 100], // agorot: Bloomberg
  ['USX', 'USD', 100], // cents: Yahoo, of grains and livestock at CME
  ['USd', 'USD', 100], // cents: Bloomberg
  ['KWF', 'KWD', 1000], // fils: Yahoo, Boursa Kuwait
  ['KWd', 'KWD', 1000], // fils: Bloomberg
]

const BY_CODE: ReadonlyMap<string, CurrencyUnit> = new Map(
  MINOR_UNITS.map(([code, currency, perMajor]) => [code, Object.freeze({ code, currency, perMajor })]),
)

/**
 * The unit of a code; `null` for one that is none. Three capitals that are no minor unit are a currency of their own,
 * also one outside ISO 4217 such as `BTC`. Any other mixture of case is refused and never folded: what a provider writes
 * as `XYz` is most likely a hundredth or a thousandth, and nobody knows which.
 */
export function unitOf(code: string): CurrencyUnit | null {
  const minor = BY_CODE.get(code)
  if (minor !== undefined) return minor
  return /^[A-Z]{3}$/.test(code) ? { code, currency: code, perMajor: 1 } : null
}

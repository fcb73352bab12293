import { answers, type Behaviour } from './misbehaving-server.ts'

/**
 * A GLOBAL_QUOTE answer as Alpha Vantage sends it. `fields` replaces some of its fields; `undefined` leaves one out.
 */
export function globalQuote(fields: Record<string, unknown> = {}): Behaviour {
  return answers(200, { 'Global Quote': { ...FIELDS, ...fields } })
}

/** An answer with status 200 and a message instead of a price. */
export function says(key: 'Note' | 'Information' | 'Error Message', words: string): Behaviour {
  return answers(200, { [key]: words })
}

const FIELDS = {
  '01. symbol': 'AAPL',
  '02. open': '187.1500',
  '03. high': '190.0100',
  '04. low': '186.9000',
  '05. price': '189.5000',
  '06. volume': '48160000',
  '07. latest trading day': '2025-09-15',
  '08. previous close': '188.1000',
  '09. change': '1.4000',
  '10. change percent': '0.7443%',
}

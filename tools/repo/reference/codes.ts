import { ERRORS } from '../../../packages/scheduler-core/src/errors.ts'
import { schedulerAlertRules } from '../../../packages/scheduler-core/src/monitoring/prometheus/alert-rules.ts'
import { CUSTOM_ERROR_CODES } from '../../../packages/scheduler-core/src/reading/snapshot.ts'
import { providerCodes } from '../../../packages/scheduler-dashboard/app/strings/provider-codes.ts'
import { reasons } from '../../../packages/scheduler-dashboard/app/strings/reasons.ts'
import { CIRCUIT } from '../../../packages/scheduler-market-data/src/circuit.ts'
import { RATE_REFUSAL_CODES } from '../../../packages/scheduler-market-data/src/rates/reference-rates.ts'

/** A code that somebody may have to act on, and what it says of itself. */
export interface Code {
  readonly code: string
  readonly says: string
}

export interface ErrorOfTable extends Code {
  readonly status: number
  readonly retryable: boolean
}

/** Every error of the library's catalogue, with the message that it makes of details that are named. */
export function readErrors(): readonly ErrorOfTable[] {
  return Object.entries(ERRORS).map(([code, { status, retryable, message }]) => ({
    code,
    status,
    retryable,
    says: messageOf(message as (details: unknown) => string),
  }))
}

/** The names of the details stand for their values. A message that reckons with a detail has none to show. */
function messageOf(message: (details: unknown) => string): string {
  const named = new Proxy({}, { get: (_, name) => (name === 'suggestion' ? undefined : `‹${String(name)}›`) })
  try {
    return message(named)
  } catch {
    return ''
  }
}

export function readReasons(): readonly Code[] {
  return Object.entries(reasons).map(([code, says]) => ({ code, says }))
}

export function readAlerts(): readonly Code[] {
  const [{ rules }] = schedulerAlertRules({ providerConditions: [CIRCUIT] }).groups
  return rules.map(({ alert, labels, annotations }) => ({
    code: alert,
    says: `${labels.severity}. ${annotations.description}`,
  }))
}

/** What the client adds to the codes of the server. */
export const CLIENT_CODES: readonly Code[] = [
  { code: 'UNREACHABLE', says: 'No answer came in time.' },
  { code: 'UNEXPECTED_ANSWER', says: 'The answer is not of this library, but for example of a proxy.' },
]

/** Why a metric of the host has no value. */
export const METRIC_CODES: readonly string[] = CUSTOM_ERROR_CODES

export function readProviderCodes(): readonly Code[] {
  return Object.entries(providerCodes).map(([code, says]) => ({ code, says }))
}

/** Why an amount was not converted, or is none. */
export const MONEY_CODES: readonly string[] = [...RATE_REFUSAL_CODES, 'CURRENCIES_DIFFER', 'AMOUNT_MALFORMED']

/** Every code, once. */
export function readCodes(): readonly string[] {
  const told = [...readErrors(), ...readReasons(), ...readAlerts(), ...CLIENT_CODES, ...readProviderCodes()]
  return [...new Set([...told.map(({ code }) => code), ...METRIC_CODES, ...MONEY_CODES])]
}

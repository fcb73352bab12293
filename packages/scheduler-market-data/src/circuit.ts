import type { ProviderAttribute, ProviderCondition } from '@pm/scheduler-core'

/**
 * The states of a circuit breaker: `closed` lets calls through, `half_open` lets one through as a test, `open` lets
 * none through. Ordered from best to worst.
 */
const CIRCUIT_STATES = ['closed', 'half_open', 'open'] as const
export type CircuitState = (typeof CIRCUIT_STATES)[number]

/** The condition of providers that have a circuit breaker. */
export const CIRCUIT = Object.freeze({
  name: 'circuit',
  states: CIRCUIT_STATES,
  title: 'Circuit',
  help: 'Whether the provider is asked: closed is, open is not, half_open is asked once to find out; null without a circuit breaker.',
  alarm: Object.freeze({
    state: 'open',
    summary: 'is not asked: its circuit is open',
    description: 'It failed so often that it is left alone for a while.',
  }),
} as const satisfies ProviderCondition<CircuitState>)

/** Why the circuit of a provider is not closed, and until when. */
export const CIRCUIT_ATTRIBUTES = Object.freeze([
  {
    name: 'circuit_reason',
    kind: 'text',
    help: 'The code of the refusal that opened the circuit, such as TIMEOUT; null while it is closed.',
  },
  {
    name: 'circuit_until',
    kind: 'instant',
    help: 'Until when the circuit stays open; null while it is closed, and when the next request finds out.',
  },
] as const satisfies readonly ProviderAttribute[])

/** The value of each of them. */
export type CircuitAttributes = Readonly<Record<(typeof CIRCUIT_ATTRIBUTES)[number]['name'], string | number | null>>

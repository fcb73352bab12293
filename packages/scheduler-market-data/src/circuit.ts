import type { ProviderCondition } from '@pm/scheduler-core'

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

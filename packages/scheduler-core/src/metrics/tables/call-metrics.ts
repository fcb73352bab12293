import type { ProviderCondition } from '../../ports/providers.ts'
import { gauge, instant, percentileHelp, quotient, spread, sum } from './rows.ts'

const LATENCY = 'the duration of provider calls that got an answer'

/** The counts of calls to external sources, per provider and over all of them. */
export const CALL_METRICS = {
  provider_calls: {
    ...sum('call', 'calls', ['calls']),
    title: 'Provider calls',
    help: 'Requests sent to providers.',
  },
  provider_failed_calls: {
    ...sum('call', 'calls', ['failed']),
    title: 'Failed provider calls',
    help: 'Requests out of which no validated data came, refusals apart.',
  },
  provider_rate_limited_calls: {
    ...sum('call', 'calls', ['rate_limited']),
    title: 'Rate-limited provider calls',
    help: 'Requests that a provider refused for its quota.',
  },
  provider_served_as_fallback: {
    ...sum('call', 'calls', ['served_as_fallback']),
    title: 'Served as fallback',
    help: 'Successes of a provider that was not the first asked.',
  },
  provider_success_rate: {
    ...quotient({
      kind: 'ratio',
      of: 'call',
      counts: 'calls',
      numerator: ['succeeded'],
      denominator: ['succeeded', 'failed'],
    }),
    title: 'Provider success rate',
    help: 'Answers out of which validated data came / those and the failed requests, in percent; refusals apart.',
  },
  avg_response_time_ms: {
    ...quotient({
      kind: 'duration',
      of: 'call',
      counts: 'calls',
      numerator: ['answered_ms'],
      denominator: ['answered'],
    }),
    title: 'Mean response time',
    help: `Mean of ${LATENCY}; exact.`,
  },
  p50_response_time_ms: {
    ...spread('call', 'answered_ms', 'p50'),
    title: 'Median response time',
    help: percentileHelp('p50', LATENCY),
  },
  p95_response_time_ms: {
    ...spread('call', 'answered_ms', 'p95'),
    title: '95th percentile of response time',
    help: percentileHelp('p95', LATENCY),
  },
  p99_response_time_ms: {
    ...spread('call', 'answered_ms', 'p99'),
    title: '99th percentile of response time',
    help: percentileHelp('p99', LATENCY),
  },
  max_response_time_ms: {
    ...spread('call', 'answered_ms', 'max'),
    title: 'Longest response time',
    help: `The greatest of ${LATENCY}; exact.`,
  },
  provider_last_success_at: {
    ...instant('provider', 'lastSuccessAt'),
    title: 'Last success of a provider',
    help: 'When a run was settled in which the provider last delivered validated data.',
  },
  provider_quota_remaining: {
    ...gauge('provider', 'quotaRemaining', 'calls'),
    title: 'Quota remaining',
    help: 'Requests that may still be sent to the provider now; null when it has no quota.',
  },
} as const

/** The metric of a condition that the host's providers source declares. */
export function conditionMetric({ name, states, title, help }: ProviderCondition) {
  return { ...gauge('provider', name, 'state'), within: 'conditions', states, title, help } as const
}

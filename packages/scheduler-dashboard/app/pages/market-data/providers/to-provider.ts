import { strings } from '../../../strings/index.ts'
import type { StateName } from '../../../ui/icons.tsx'
import { circuitOf, type Provider, sentenceOfCode, type WindowId } from '../feed.ts'

/** One condition that the host declares, such as the circuit. */
export interface ConditionModel {
  readonly name: string
  readonly label: string
  readonly word: string
  readonly state: StateName
}

export interface ProviderModel {
  readonly name: string
  readonly state: StateName
  readonly word: string
  /** Why it is not asked first now, or that nothing keeps it from being asked. */
  readonly why: string
  readonly conditions: readonly ConditionModel[]
  /** What opened the circuit, in words, and until when it stays open; `null` for what is not told. */
  readonly opened: string | null
  readonly openUntil: string | null
}

/** The fields that every provider has, and those told with its circuit; all others are what the host declares. */
const FIELDS: readonly string[] = [
  'name',
  'enabled',
  'api_key_configured',
  'last_success_at',
  'quota_remaining',
  'windows',
  'circuit_reason',
  'circuit_until',
]

/** A provider in words: what keeps it from being asked first, the worst first. */
export function toProvider(provider: Provider, window: WindowId): ProviderModel {
  const obstacle = obstacleOf(provider) ?? recordOf(provider, window)
  const { circuit_reason: reason, circuit_until: openUntil } = circuitOf(provider)
  const opened = reason === null ? null : strings.marketData.providers.opened(sentenceOfCode(reason) ?? reason)
  return { name: provider.name, ...obstacle, conditions: conditionsOf(provider), opened, openUntil }
}

type Told = Pick<ProviderModel, 'state' | 'word' | 'why'>

function obstacleOf(provider: Provider): Told | null {
  const words = strings.marketData.providers.obstacles
  if (!provider.enabled) return { state: 'paused', ...words.disabled }
  if (provider.api_key_configured === false) return { state: 'failed', ...words.keyMissing }
  if (provider['circuit'] === 'open') return { state: 'failed', ...words.circuitOpen }
  if (provider.quota_remaining === 0) return { state: 'late', ...words.quotaEmpty }
  return provider['circuit'] === 'half_open' ? { state: 'late', ...words.circuitHalfOpen } : null
}

/** What its calls say of a provider that nothing stands in the way of. Without a call, nothing is known of it. */
function recordOf({ windows, last_success_at }: Provider, window: WindowId): Told {
  const words = strings.marketData.providers.records
  const { calls, success_rate } = windows[window]
  if (calls === null || calls === 0) {
    return last_success_at === null ? { state: 'unknown', ...words.never } : { state: 'unknown', ...words.notAsked }
  }
  return success_rate === 0 ? { state: 'failed', ...words.allFailed } : { state: 'ok', ...words.ok }
}

function conditionsOf(provider: Provider): readonly ConditionModel[] {
  return Object.entries(provider).flatMap(([name, value]) =>
    FIELDS.includes(name) || typeof value !== 'string' ? [] : [toCondition(name, value)],
  )
}

const CIRCUIT_STATES: Readonly<Record<string, StateName>> = { closed: 'ok', half_open: 'late', open: 'failed' }

/** A circuit is known by its words; of any other condition the host's own words are shown, and no colour is guessed. */
function toCondition(name: string, value: string): ConditionModel {
  const words: Readonly<Record<string, string>> = strings.marketData.providers.circuit
  const isCircuit = name === 'circuit'
  return {
    name,
    label: titled(name),
    word: (isCircuit ? words[value] : undefined) ?? value.replaceAll('_', ' '),
    state: (isCircuit ? CIRCUIT_STATES[value] : undefined) ?? 'unknown',
  }
}

/** `circuit_state` as `Circuit state`. */
function titled(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

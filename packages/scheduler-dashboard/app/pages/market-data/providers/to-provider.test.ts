import { describe, expect, it } from 'vitest'

import { aProvider } from '../test-feeds.ts'
import { planSwitch } from './switch-plan.ts'
import { toProvider } from './to-provider.ts'

describe('a provider', () => {
  it.each([
    ['switched off', { enabled: false, quota_remaining: 0 }, 'paused', 'Switched off'],
    ['without its key', { api_key_configured: false }, 'failed', 'No API key'],
    ['with an open circuit', { circuit: 'open', quota_remaining: 0 }, 'failed', 'Circuit open'],
    ['without budget', { quota_remaining: 0, circuit: 'half_open' }, 'late', 'Budget used up'],
    ['on trial', { circuit: 'half_open' }, 'late', 'On trial'],
    ['that fails each time', { calls: { success_rate: 0 } }, 'failed', 'Failing'],
    ['that was not called', { calls: { calls: 0, success_rate: null } }, 'unknown', 'Not asked'],
    ['that never answered', { last_success_at: null, calls: { calls: 0 } }, 'unknown', 'No data'],
    ['in use', { circuit: 'closed' }, 'ok', 'In use'],
  ] as const)('%s says why it is not the first', (_name, change, state, word) => {
    const model = toProvider(aProvider(change), 'recent')
    expect(model).toMatchObject({ state, word })
    expect(model.why).not.toBe('')
  })

  it('shows every condition that the host declares, and guesses no colour of one that it does not know', () => {
    const { conditions } = toProvider(
      aProvider({ circuit: 'half_open', venue_state: 'in_auction', other: null }),
      'recent',
    )
    expect(conditions).toEqual([
      { name: 'circuit', label: 'Circuit', word: 'half open: it is on trial', state: 'late' },
      { name: 'venue_state', label: 'Venue state', word: 'in auction', state: 'unknown' },
    ])
  })
})

describe('a circuit that is not closed', () => {
  it('tells what opened it, and until when it stays open', () => {
    const open = { circuit: 'open', circuit_reason: 'TIMEOUT', circuit_until: '2026-03-10T12:08:00.000Z' }
    const { conditions, opened, openUntil } = toProvider(aProvider(open), 'recent')
    expect(conditions.map(({ name }) => name)).toEqual(['circuit'])
    expect({ opened, openUntil }).toEqual({
      opened: 'since it did not answer in time',
      openUntil: '2026-03-10T12:08:00.000Z',
    })
    expect(toProvider(aProvider({ ...open, circuit_reason: 'NO_SIGNAL' }), 'recent').opened).toBe('since NO_SIGNAL')
    expect(toProvider(aProvider({ circuit: 'closed' }), 'recent')).toMatchObject({ opened: null, openUntil: null })
  })
})

describe('the switch of a provider', () => {
  const read = (providers: Readonly<Record<string, { readonly enabled: boolean }>>) => ({
    data: { providers },
    isUnreadable: false,
  })

  it('turns off what is on, and on again what an operator turned off', () => {
    expect(planSwitch(aProvider(), read({}))).toEqual({ turns: 'off', disabledBecause: null })
    expect(planSwitch(aProvider({ enabled: false }), read({ yahoo: { enabled: false } }))).toEqual({
      turns: 'on',
      disabledBecause: null,
    })
  })

  it('says why it cannot: the code disables it, or the settings are not known', () => {
    const off = aProvider({ enabled: false })
    expect(planSwitch(off, read({})).disabledBecause).toMatch(/code of the host/)
    expect(planSwitch(aProvider({ name: 'toString', enabled: false }), read({})).disabledBecause).toMatch(/code/)
    expect(planSwitch(off, { data: null, isUnreadable: false }).disabledBecause).toMatch(/being read/)
    expect(planSwitch(off, { data: null, isUnreadable: true }).disabledBecause).toMatch(/cannot be read/)
  })
})

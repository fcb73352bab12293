import { describe, expect, it } from 'vitest'

import { toAsked } from './to-asked.ts'
import { toReasons } from './to-reasons.ts'

type Given = Parameters<typeof toAsked>[0]

function scheduler(state: Given['state'], desired: Partial<Given['desired']> = {}): Given {
  const asked = {
    state: 'running',
    by: 'ada',
    why: 'done',
    at: '2025-09-16T02:00:00.000Z',
    paused_until: null,
    version: 3,
  }
  return { state, desired: { ...asked, ...desired } } as Given
}

describe('what was asked of a scheduler', () => {
  it('is by whom, why, and until when', () => {
    const end = '2025-09-16T03:00:00.000Z'
    expect(toAsked(scheduler('paused', { state: 'paused', paused_until: end }))).toMatchObject({
      isCommanded: true,
      what: 'to pause',
      by: 'ada',
      why: 'done',
      until: end,
      difference: null,
    })
    expect(toAsked(scheduler('paused', { state: 'paused' })).until).toBe('open')
  })

  it('is the code where nobody has commanded', () => {
    expect(toAsked(scheduler('running', { by: 'system', why: null, version: 0 })).isCommanded).toBe(false)
  })

  it('says why the state is another', () => {
    expect(toAsked(scheduler('error')).difference).toContain('cannot')
    expect(toAsked(scheduler('stopped')).difference).toContain('not open')
    expect(toAsked(scheduler('running', { state: 'paused' })).difference).toContain('not reached')
    expect(toAsked(scheduler('error', { state: 'paused' })).difference).toContain('pause')
  })
})

describe('reasons of ill health', () => {
  it('are in words, also one that is newer than the pages', () => {
    const [known, unknown, inherited] = toReasons(['POOL_EXHAUSTED', 'SUN_FLARE', 'toString'])
    expect(known?.text).toContain('no connection left')
    expect(unknown?.text).toBe('The code SUN_FLARE is newer than these pages.')
    expect(inherited?.text).toBe('The code toString is newer than these pages.')
  })
})

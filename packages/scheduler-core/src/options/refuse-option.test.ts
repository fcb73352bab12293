import { expect, it } from 'vitest'

import { isSchedulerError } from '../errors.ts'
import { type Refusal, refuseOption } from './refuse-option.ts'

const refused = { path: 'job.mode', value: 'replya', expected: 'one of live, replay' }

it.each<[string, Refusal, object]>([
  ['the value as messages show it', { ...refused, value: [1, 2] }, { received: 'an array of 2' }],
  ['words in place of the value', { ...refused, received: 'the mode twice' }, { received: 'the mode twice' }],
  ['the known word that is near', { ...refused, known: ['live', 'replay'] }, { suggestion: 'replay' }],
  [
    'the suggestion that the caller gives',
    { ...refused, suggestion: 'auto', known: ['replay'] },
    { suggestion: 'auto' },
  ],
])('refuses an option with %s', (_, refusal, details) => {
  expect(detailsOf(refusal)).toMatchObject({ path: 'job.mode', expected: 'one of live, replay', ...details })
})

it('suggests nothing when no word is near, or the value is no text', () => {
  expect(detailsOf({ ...refused, known: ['live'] })).not.toHaveProperty('suggestion')
  expect(detailsOf({ ...refused, value: 5, known: ['5'] })).not.toHaveProperty('suggestion')
})

function detailsOf(refusal: Refusal): unknown {
  try {
    return refuseOption(refusal)
  } catch (error) {
    if (isSchedulerError(error, 'INVALID_OPTIONS')) return error.details
    throw error
  }
}

import { expect, test } from 'vitest'

import { UserError } from '../user-error.ts'
import { readArguments } from './read-arguments.ts'

test.each([
  { given: [], read: {} },
  { given: ['--workers', '3'], read: { WORKERS: '3' } },
  { given: ['--workers=3'], read: { WORKERS: '3' } },
  { given: ['--', '--workers', '3'], read: { WORKERS: '3' } },
  // What is allowed is said where the variables are checked.
  { given: ['--workers', 'many'], read: { WORKERS: 'many' } },
])('$given', ({ given, read }) => {
  expect(readArguments(given)).toEqual(read)
})

test.each([
  { given: ['--workers'], says: ['--workers needs a number, such as --workers 3.'] },
  { given: ['--workers='], says: ['--workers needs a number, such as --workers 3.'] },
  {
    given: ['--wokers', '3'],
    says: ['"--wokers" is unknown, allowed is --workers N.', '"3" is unknown, allowed is --workers N.'],
  },
])('refuses $given, and says all that is wrong', ({ given, says }) => {
  const refused = catchOf(() => readArguments(given))
  expect(refused).toBeInstanceOf(UserError)
  expect(refused).toMatchObject({ message: 'The arguments are wrong:', details: says })
})

function catchOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

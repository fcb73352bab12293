import type * as z from 'zod'

/**
 * The expected value of an option, in words that follow "expected": for zod issues whose schema has no text of its own
 * (`{ error: '…' }`).
 */
export function expectation(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? `a value of type ${issue.expected}`
    case 'invalid_value':
      return list(issue.values.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value))))
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}`
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unit(issue.origin)}`
    case 'invalid_format':
      return issue.pattern === undefined ? `text in the format ${issue.format}` : `text that matches ${issue.pattern}`
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'invalid_union':
      return list([...new Set(issue.errors.flat().map((branch) => branch.message))])
    default:
      return undefined
  }
}

const TYPES: Readonly<Partial<Record<string, string>>> = {
  array: 'an array',
  boolean: 'true or false',
  date: 'a Date',
  int: 'a whole number',
  never: 'nothing',
  null: 'null',
  number: 'a finite number',
  object: 'an object',
  record: 'an object',
  string: 'text',
  undefined: 'nothing',
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' || origin === 'set' ? ' entries' : ''
}

function list(options: readonly string[]): string | undefined {
  return options.length === 0 ? undefined : options.join(' or ')
}

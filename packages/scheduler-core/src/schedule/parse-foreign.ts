import { isSchedulerError } from '../errors.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { CronDialect } from './cron-dialect.ts'
import { isPattern, type ParsedPattern, parsePattern, refuseLong, SYNTAX } from './cron-pattern.ts'
import { asWritten, dialectMeant } from './dialect-meant.ts'
import { foreignFields, SHAPES, translate, tryDialect } from './foreign-dialect.ts'
import { isNoPattern } from './period-meant.ts'

/**
 * Parses a pattern of another dialect. What is refused is told in the terms of that dialect, and so is the replacement:
 * the fields as they came, and the whole pattern that `dialect` takes.
 */
export function parseForeign(pattern: string, dialect: CronDialect, path: string): ParsedPattern {
  refuseLong(pattern, path)
  const outcome = translate(pattern, dialect)
  if (outcome.kind === 'translated') return parseTranslated(outcome.pattern, { pattern, dialect, path })
  const { expected } = outcome
  const suggestion = dialectMeant(pattern, dialect).find((each) => isTakenIn(each, dialect))
  refuseOption({ path, value: pattern, expected, suggestion })
}

interface Came {
  readonly pattern: string
  readonly dialect: CronDialect
  readonly path: string
}

function parseTranslated(ours: string, { pattern, dialect, path }: Came): ParsedPattern {
  try {
    return parsePattern(ours, path)
  } catch (error) {
    if (!isSchedulerError(error, 'INVALID_OPTIONS')) throw error
    const { path: at, expected, suggestion = null } = error.details
    const index = SHAPES[dialect].rules.findIndex(({ name }) => at === `${path} (${name})`)
    const written = asWritten(suggestion, dialect)
    refuseOption({
      path: at,
      value: foreignFields(pattern, dialect)[index] ?? pattern,
      expected: at === `${path} (day of week)` ? `${WEEKDAY}, ${SYNTAX}` : expected,
      suggestion: written !== null && isTakenIn(written, dialect) ? written : null,
    })
  }
}

const WEEKDAY = '1-7 from Sunday on or SUN-SAT, 6#2 for the second Friday or 6L for the last'

/** Nothing is suggested that would be refused again. */
function isTakenIn(suggestion: string, dialect: CronDialect): boolean {
  if (isNoPattern(suggestion)) return true
  return suggestion.split(' and ').every((each) => {
    const ours = tryDialect(each, dialect)
    return ours !== null && isPattern(ours)
  })
}

import type { CalendarDefinition } from '../calendar-definition.ts'
import { WEEKDAYS, WORKDAYS } from '../days.ts'

/** A convention has no year in which it ends. */
const ALWAYS = { from: '1970-01-01', to: '9990-12-31' } as const

/** A market that never closes, such as crypto. Its sessions are the days of UTC. */
export const ROUND_THE_CLOCK: CalendarDefinition = {
  name: '24/7',
  timezone: 'UTC',
  source: 'no hours: always open',
  knows: ALWAYS,
  week: [{ days: WEEKDAYS, opens: '00:00', closes: '24:00' }],
}

/**
 * Currencies, from Sunday 17:00 to Friday 17:00 in New York. Without holidays, since no holiday is common to all banks.
 */
export const FOREX: CalendarDefinition = {
  name: '24/5',
  timezone: 'America/New_York',
  source: 'the convention of the interbank market; thin days such as Christmas count as open',
  knows: ALWAYS,
  week: [{ days: WORKDAYS, opens: '17:00', closes: '17:00', opensTheDayBefore: true }],
}

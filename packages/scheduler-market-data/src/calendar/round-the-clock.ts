import type { CalendarDefinition } from './calendar-definition.ts'
import { WEEKDAYS, WORKDAYS } from './days.ts'

/** Never closed, as crypto is; its sessions are the days of UTC. */
export const ROUND_THE_CLOCK: CalendarDefinition = {
  name: '24/7',
  timezone: 'UTC',
  source: 'no hours: always open',
  week: [{ days: WEEKDAYS, opens: '00:00', closes: '24:00' }],
}

/** Currencies, from Sunday to Friday, 17:00 in New York. They have no exchange, and no holiday that all banks share. */
export const FOREX: CalendarDefinition = {
  name: '24/5',
  timezone: 'America/New_York',
  source: 'the convention of the interbank market; thin days such as Christmas count as open',
  week: [{ days: WORKDAYS, opens: '17:00', closes: '17:00', opensTheDayBefore: true }],
}

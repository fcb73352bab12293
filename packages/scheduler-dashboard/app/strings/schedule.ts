/** Schedules in words. */
export const schedule = {
  every: (length: string) => `every ${length}`,
  once: (at: string) => `once, ${at}`,
  onDemand: 'on demand',
  pattern: (pattern: string) => `by the pattern ${pattern}`,
  hourly: (minute: string) => `hourly at :${minute}`,
  at: (times: string) => `at ${times}`,
  between: (what: string, from: string, to: string) => `${what} from ${from} to ${to}`,
  on: (what: string, days: string) => `${what}, ${days}`,
  daily: 'daily',
  weekdays: 'Mon to Fri',
  weekend: 'Sat and Sun',
  days: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  range: (from: string, to: string) => `${from} to ${to}`,
  ofMonth: (day: string) => `on day ${day} of each month`,
  zoned: (words: string, zone: string) => `${words} (${zone})`,
}

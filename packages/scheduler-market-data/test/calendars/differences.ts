import type { TradingCalendar } from '@pm/scheduler-market-data'

export interface Difference {
  readonly day: string
  readonly published: string
  readonly ours: string
}

/** The days that a calendar claims to know and that a table has, with other hours. */
export function differencesOf(
  calendar: TradingCalendar,
  published: ReadonlyMap<string, string>,
): readonly Difference[] {
  const { from, to } = calendar.knows
  const clock = clockOf(calendar.timezone)
  return [...published]
    .filter(([day]) => from <= day && day <= to)
    .map(([day, text]) => ({ day, published: text, ours: hoursOn(calendar, day, clock) }))
    .filter(({ published: text, ours }) => text !== ours)
}

/** The hours of a day in the spelling of a published table, read from the clock on the wall. */
function hoursOn(calendar: TradingCalendar, day: string, clock: Clock): string {
  const sessions = calendar.tradingDay(day)?.sessions ?? []
  return sessions.map(({ opensAt, closesAt }) => hoursText({ day, opensAt, closesAt, clock })).join(' ')
}

export interface Hours {
  readonly day: string
  readonly opensAt: number
  readonly closesAt: number
  readonly clock: Clock
}

export function hoursText({ day, opensAt, closesAt, clock }: Hours): string {
  const [opens, closes] = [clock(opensAt), clock(closesAt)]
  // The end of a day is the midnight of the next one.
  const end = closes.time === '00:00' && closes.day > day ? '24:00' : closes.time
  return `${opens.day < day ? '<' : ''}${opens.time}-${end}`
}

type Clock = (at: number) => { readonly day: string; readonly time: string }

/** The local date and time by ICU, by which ours are not computed. */
export function clockOf(timeZone: string): Clock {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (at) => {
    const [day = '', time = ''] = format.format(at).split(' ')
    return { day, time }
  }
}

import { refuseOption } from '@pm/scheduler-core/store'

import { isList, knownKeys } from '../options/check-option.ts'
import type { CalendarDefinition, DayOrRule, SessionHours, SpecialDay, WeeklySession } from './calendar-definition.ts'
import { checkDay } from './check-day.ts'
import { refuseOverlaps } from './check-overlaps.ts'
import { WEEKDAYS } from './days.ts'
import { toLocal } from './local-sessions.ts'
import { DAY_MINUTES, minutesOf } from './minutes.ts'

/** Throws `INVALID_OPTIONS` with the path of the wrong part. */
export function checkDefinition(definition: CalendarDefinition): void {
  knownKeys({ path: 'calendar', value: definition, known: DEFINITION })
  const { name, source, checked, week, holidays = [], specialDays = [] } = definition
  if (typeof name !== 'string' || !/^\S.{0,62}\S$/.test(name))
    refuseOption({ path: 'calendar.name', value: name, expected: 'a name of 2 to 64 characters' })
  if (typeof source !== 'string' || source === '')
    refuseOption({ path: 'calendar.source', value: source, expected: 'where its hours come from' })
  if (checked !== undefined) checkDay(checked, 'calendar.checked')
  checkKnown(definition)
  checkWeek(week, 'calendar.week')
  checkLaterWeeks(definition)
  checkDays(holidays, 'calendar.holidays')
  checkTimes(definition)
  checkSpecialDays(specialDays)
  checkContradictions(definition)
  refuseOverlaps(definition)
}

const DEFINITION = [
  ...['name', 'timezone', 'source', 'checked', 'knows', 'week', 'laterWeeks', 'holidays'],
  ...['earlyCloses', 'lateOpens', 'specialDays', 'unknownDays'],
]
const HOURS = ['opens', 'closes', 'opensTheDayBefore']

function checkKnown({ knows, unknownDays = [] }: CalendarDefinition): void {
  knownKeys({ path: 'calendar.knows', value: knows, known: ['from', 'to'] })
  checkDay(knows.from, 'calendar.knows.from')
  checkDay(knows.to, 'calendar.knows.to')
  if (knows.to < knows.from)
    refuseOption({ path: 'calendar.knows.to', value: knows.to, expected: `${knows.from} or a later day` })
  isList({ path: 'calendar.unknownDays', value: unknownDays })
  for (const [index, day] of unknownDays.entries()) {
    const path = `calendar.unknownDays[${index}]`
    checkDay(day, path)
    if (day < knows.from || day > knows.to)
      refuseOption({ path, value: day, expected: `a day from ${knows.from} to ${knows.to}` })
  }
}

function checkWeek(week: readonly WeeklySession[], path: string): void {
  isList({ path, value: week })
  if (week.length === 0) refuseOption({ path, value: week, expected: 'at least one session' })
  for (const [index, session] of week.entries()) {
    const at = `${path}[${index}]`
    knownKeys({ path: at, value: session, known: ['days', ...HOURS] })
    isList({ path: `${at}.days`, value: session.days })
    const wrong = session.days.find((day) => !WEEKDAYS.includes(day))
    if (wrong !== undefined)
      refuseOption({
        path: `${at}.days`,
        value: wrong,
        expected: `days out of ${WEEKDAYS.join(', ')}`,
        known: WEEKDAYS,
      })
    checkHours(session, at)
  }
}

function checkLaterWeeks({ laterWeeks = [] }: CalendarDefinition): void {
  isList({ path: 'calendar.laterWeeks', value: laterWeeks })
  for (const [index, later] of laterWeeks.entries()) {
    const path = `calendar.laterWeeks[${index}]`
    knownKeys({ path, value: later, known: ['from', 'week'] })
    checkDay(later.from, `${path}.from`)
    const before = laterWeeks[index - 1]?.from
    if (before !== undefined && later.from <= before)
      refuseOption({ path: `${path}.from`, value: later.from, expected: `a day after ${before}` })
    checkWeek(later.week, `${path}.week`)
  }
}

/** An early close before every opening would leave a whole day out, as `01:00` does that means one in the afternoon. */
function checkTimes({ earlyCloses = [], lateOpens = [], week, laterWeeks = [] }: CalendarDefinition): void {
  const hours = [week, ...laterWeeks.map((later) => later.week)]
    .flat()
    .map((session) => ({ session, ...toLocal(session) }))
  const first = hours.reduce((one, other) => (other.opens < one.opens ? other : one))
  const last = hours.reduce((one, other) => (other.closes > one.closes ? other : one))
  isList({ path: 'calendar.earlyCloses', value: earlyCloses })
  for (const [index, early] of earlyCloses.entries()) {
    const path = `calendar.earlyCloses[${index}]`
    knownKeys({ path, value: early, known: ['closes', 'days'] })
    checkTime(early.closes, `${path}.closes`)
    if (Number(minutesOf(early.closes)) <= first.opens)
      refuseOption({ path: `${path}.closes`, value: early.closes, expected: `a time after ${first.session.opens}` })
    checkDays(early.days, `${path}.days`)
  }
  isList({ path: 'calendar.lateOpens', value: lateOpens })
  for (const [index, late] of lateOpens.entries()) {
    const path = `calendar.lateOpens[${index}]`
    knownKeys({ path, value: late, known: ['opens', 'days'] })
    checkTime(late.opens, `${path}.opens`)
    if (Number(minutesOf(late.opens)) >= last.closes)
      refuseOption({ path: `${path}.opens`, value: late.opens, expected: `a time before ${last.session.closes}` })
    checkDays(late.days, `${path}.days`)
  }
}

function checkSpecialDays(specialDays: readonly SpecialDay[]): void {
  isList({ path: 'calendar.specialDays', value: specialDays })
  for (const [index, special] of specialDays.entries()) {
    const path = `calendar.specialDays[${index}]`
    knownKeys({ path, value: special, known: ['day', 'sessions'] })
    checkDay(special.day, `${path}.day`)
    isList({ path: `${path}.sessions`, value: special.sessions })
    if (special.sessions.length === 0)
      refuseOption({ path: `${path}.sessions`, value: [], expected: 'at least one session, or the day in holidays' })
    for (const [at, session] of special.sessions.entries()) {
      knownKeys({ path: `${path}.sessions[${at}]`, value: session, known: HOURS })
      checkHours(session, `${path}.sessions[${at}]`)
    }
  }
}

/** What one date says twice. Rules may meet on a date: there the day off wins. */
function checkContradictions(definition: CalendarDefinition): void {
  const { holidays = [], earlyCloses = [], lateOpens = [], specialDays = [] } = definition
  const closed = dated(holidays, 'calendar.holidays')
  const special = specialDays.map(({ day }, index) => ({ day, path: `calendar.specialDays[${index}].day` }))
  const closes = earlyCloses.flatMap(({ days }, index) => dated(days, `calendar.earlyCloses[${index}].days`))
  const opens = lateOpens.flatMap(({ days }, index) => dated(days, `calendar.lateOpens[${index}].days`))
  // A holiday may have a special session, which it then lists as a special day.
  for (const dates of [closed, special, [...closed, ...closes], [...closed, ...opens]]) refuseSecond(dates)
  refuseSecond([...special, ...closes])
  refuseSecond([...special, ...opens])
}

interface DatedDay {
  readonly day: string
  readonly path: string
}

function dated(days: readonly DayOrRule[], path: string): readonly DatedDay[] {
  return days.flatMap((day, index) => (typeof day === 'string' ? [{ day, path: `${path}[${index}]` }] : []))
}

function refuseSecond(dates: readonly DatedDay[]): void {
  const seen = new Map<string, string>()
  for (const { day, path } of dates) {
    const first = seen.get(day)
    if (first !== undefined) refuseOption({ path, value: day, expected: `a day that ${first} does not name` })
    seen.set(day, path)
  }
}

function checkHours(hours: SessionHours, path: string): void {
  const { opens, closes, opensTheDayBefore = false } = hours
  checkTime(opens, `${path}.opens`)
  checkTime(closes, `${path}.closes`)
  const { opens: from, closes: to } = toLocal(hours)
  if (!opensTheDayBefore && to <= from)
    refuseOption({
      path: `${path}.closes`,
      value: closes,
      expected: `a time after ${opens}, or opensTheDayBefore for a session across midnight`,
    })
  if (opensTheDayBefore && to - from > DAY_MINUTES)
    refuseOption({ path: `${path}.closes`, value: closes, expected: `${opens} of the next day at the latest` })
}

function checkTime(time: string, path: string): void {
  if (typeof time !== 'string' || minutesOf(time) === null)
    refuseOption({ path, value: time, expected: 'a time of day such as 09:30' })
}

function checkDays(days: readonly DayOrRule[], path: string): void {
  isList({ path, value: days })
  for (const [index, day] of days.entries()) if (typeof day !== 'function') checkDay(day, `${path}[${index}]`)
}

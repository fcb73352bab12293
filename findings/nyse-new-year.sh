#!/usr/bin/env bash
# In 2022 and in 2028 the New York Stock Exchange has no New Year's Day: it trades on the Friday on which everybody else is off.
#
# The guess:  a holiday on a Saturday is kept on the Friday before, at the exchange as by the federal calendar; it does so for
#             Independence Day, Juneteenth and Christmas. So a calendar of US public holidays, plus Good Friday, less Columbus
#             and Veterans Day, tells when NYSE is closed.
# Versions:   date-holidays 3.37.0 (US, public holidays), nyse-holidays 1.2.0
# Behaviour:  NYSE stays open on a Friday that ends a month or a year, and gives the holiday up: 2021-12-31 and 2027-12-31 are
#             trading days, and the years 2022 and 2028 have nine holidays. A job that skips US holidays misses the last day
#             of the year, by which funds are valued.
# Seen:       weekdays from 2021 to 2028 that are public holidays in the US and no NYSE holiday, other than Columbus and Veterans
#             Day and the Juneteenth of 2021 (NYSE keeps it since 2022): 2021-12-31, 2027-12-31; NYSE holidays by year from
#             2022: 9 10 10 10 10 10 9; Christmas 2021 and 2027, Saturdays as well, both on 12-24
# Source:     https://mondovisione.com/media-and-resources/news/nyse-group-announces-2022-2023-and-2024-holiday-and-early-closings-calendar/
#             (no holiday in 2022, pursuant to Rule 7.2), https://www.nyse.com/markets/hours-calendars
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts date-holidays@3.37.0 nyse-holidays@1.2.0 >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import Holidays from 'date-holidays'
import nyse from 'nyse-holidays'

const federal = new Holidays('US')
const years = [2021, 2022, 2023, 2024, 2025, 2026, 2027, 2028]
const exchange = Object.fromEntries(years.map((year) => [year, nyse.getHolidays(year).map(({ dateString }) => dateString)]))
const isWeekday = (date) => ![0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay())
const known = /Columbus|Veterans/

const onlyFederal = years.flatMap((year) =>
  federal
    .getHolidays(year)
    .filter(({ type, name }) => type === 'public' && !known.test(name))
    .map(({ date }) => date.slice(0, 10))
    .filter((date) => isWeekday(date) && !exchange[year].includes(date)),
)
const seen = {
  tradedOnFederalHolidays: onlyFederal,
  holidaysByYear: years.slice(1).map((year) => exchange[year].length),
  firstOfThe: { 2022: exchange[2022][0], 2028: exchange[2028][0] },
  christmas: [exchange[2021].at(-1), exchange[2027].at(-1)],
}
console.log(seen)
assert.deepEqual(seen, {
  tradedOnFederalHolidays: ['2021-06-18', '2021-12-31', '2027-12-31'],
  holidaysByYear: [9, 10, 10, 10, 10, 10, 9],
  firstOfThe: { 2022: '2022-01-17', 2028: '2028-01-17' },
  christmas: ['2021-12-24', '2027-12-24'],
})
console.log('holds: NYSE trades on 2021-12-31 and 2027-12-31, which are public holidays, and keeps no New Year in 2022 and 2028')
END
node check.mjs

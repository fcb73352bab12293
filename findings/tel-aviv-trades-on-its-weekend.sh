#!/usr/bin/env bash
# Since 2026 the Tel Aviv Stock Exchange trades on Friday, a day of Israel's weekend, and rests on Sunday, a working day.
#
# The guess:  a market trades on the working days of its country, so that CLDR's weekend (`Intl.Locale.getWeekInfo`) tells its
#             week: Friday and Saturday off in Israel and in Saudi Arabia.
# Versions:   Node.js 24.21.0 (ICU's data of weekends)
# Behaviour:  the exchange moved to Monday to Friday on 2026-01-05, to trade with the rest of the world; the country did not move.
#             Its first Friday was 2026-01-09. There was no session on Sunday 2026-01-04, although one table of a well-kept project
#             has one. A calendar by the locale polls on Sundays for nothing, and takes Friday's prices for a fault.
# Seen:       weekend of he-IL: 5 6 (Friday, Saturday); of ar-SA: 5 6; trading in Tel Aviv by our calendar on the days from
#             2026-01-04 (Sunday) to 2026-01-11: no yes yes yes yes yes no no
# Source:     https://www.israelnationalnews.com/news/420664 (first Friday), https://www.newsru.co.il/finance/25dec2025/tase304.html
#             (no trading on 2026-01-04 and on all Sundays after it)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
node() { "$root/node_modules/.bin/node" --conditions=@pm/source "$@"; }

node --input-type=module --eval '
import assert from "node:assert/strict"
const { exchangeCalendar } = await import(process.argv[1])

const weekendOf = (tag) => new Intl.Locale(tag).getWeekInfo().weekend
const telAviv = exchangeCalendar("XTAE")
const days = ["04", "05", "06", "07", "08", "09", "10", "11"].map((day) => `2026-01-${day}`)
const seen = {
  weekend: [weekendOf("he-IL"), weekendOf("ar-SA")],
  trades: days.map((day) => telAviv.isTradingDay(day)),
}
console.log(seen)
assert.deepEqual(seen, {
  weekend: [[5, 6], [5, 6]],
  trades: [false, true, true, true, true, true, false, false],
})
console.log("holds: Tel Aviv trades on Friday, which is weekend there, and rests on Sunday, which is not")
' "$root/packages/scheduler-market-data/src/index.ts"

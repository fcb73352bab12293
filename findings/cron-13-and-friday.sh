#!/usr/bin/env bash
# "0 0 13 * 5" is sixty-one days of 2026 in one library, and three in another.
#
# The guess:  a cron expression of five plain fields means the same in every cron library of npm.
# Versions:   croner 11.0.1, cron-parser 5.10.6, cron 4.4.0, graphile-worker 0.18.0, node-cron 4.6.0, @breejs/later 4.2.0
#             (which bree uses), Node 24.21.0
# Behaviour:  with a day of the month and a day of the week, four of them run on either, as POSIX says of crontab; node-cron
#             and later run only where both match. All six take the expression without a word. And where the day of the
#             month is a list of all days ("1-31"), croner and cron-parser take that for a restriction and run every day,
#             whereas cron, graphile-worker, node-cron and later run on Mondays alone.
# Seen:       0 0 13 * 5    croner 61, cron-parser 61, cron 61, graphile-worker 61, node-cron 3, later 3 days of 2026
#             0 0 1-31 * 1  croner 365, cron-parser 365, cron 52, graphile-worker 52, node-cron 52, later 52
# Source:     https://pubs.opengroup.org/onlinepubs/9699919799/utilities/crontab.html (either matches)
#             https://github.com/node-cron/node-cron/issues/40 and the README of node-cron 4.6.0 (both must match)
#             https://github.com/bunkat/later/issues/11 (both must match)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
arch=$(node -p process.arch)
npm install --silent --no-audit --no-fund --ignore-scripts "node-linux-$arch@24.21.0" croner@11.0.1 cron-parser@5.10.6 cron@4.4.0 graphile-worker@0.18.0 node-cron@4.6.0 @breejs/later@4.2.0 >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import later from '@breejs/later'
import { CronTime } from 'cron'
import parser from 'cron-parser'
import { Cron } from 'croner'
import { parseCronItems } from 'graphile-worker'
import { createTask } from 'node-cron'

later.date.UTC()
const days = Array.from({ length: 365 }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day)))
const before = (day) => new Date(day.getTime() - 1000)

// Whether each library has a run at the midnight that begins this day.
const libraries = {
  croner: (text) => {
    const cron = new Cron(text, { timezone: 'UTC', paused: true })
    return (day) => cron.nextRun(before(day)).getTime() === day.getTime()
  },
  'cron-parser': (text) => (day) =>
    parser.CronExpressionParser.parse(text, { tz: 'UTC', currentDate: before(day) }).next().getTime() === day.getTime(),
  cron: (text) => {
    const time = new CronTime(text, 'UTC')
    return (day) => time.getNextDateFrom(before(day), 'UTC').toMillis() === day.getTime()
  },
  'graphile-worker': (text) => {
    const [{ match }] = parseCronItems([{ task: 'any', match: text }])
    return (day) =>
      match({ min: 0, hour: 0, date: day.getUTCDate(), month: day.getUTCMonth() + 1, dow: day.getUTCDay() })
  },
  'node-cron': (text) => {
    const task = createTask(text, () => {}, { timezone: 'UTC' })
    return (day) => task.match(day)
  },
  later: (text) => {
    const schedule = later.schedule(later.parse.cron(text))
    return (day) => schedule.isValid(day)
  },
}

const count = (text) =>
  Object.fromEntries(Object.entries(libraries).map(([name, open]) => [name, days.filter(open(text)).length]))

const friday = count('0 0 13 * 5')
const monday = count('0 0 1-31 * 1')
console.log('0 0 13 * 5  ', friday)
console.log('0 0 1-31 * 1', monday)
assert.deepEqual(friday, { croner: 61, 'cron-parser': 61, cron: 61, 'graphile-worker': 61, 'node-cron': 3, later: 3 })
assert.deepEqual(monday, { croner: 365, 'cron-parser': 365, cron: 52, 'graphile-worker': 52, 'node-cron': 52, later: 52 })
console.log('holds: the 13th or a Friday in four cron libraries, Friday the 13th in two; 1-31 counts as restricted in two of six')
process.exit(0)
END
# The newest releases want a newer Node than the one that runs this script may be.
node_modules/node-linux-"$arch"/bin/node check.mjs

#!/usr/bin/env bash
# A weekday range from Sunday to Sunday is one day in a week for three cron libraries of npm, and every day for croner.
#
# The guess:  a range whose two ends are the same is that one value, as in 1-1, MON-MON and 0-0.
# Versions:   croner 11.0.1, cron-parser 5.10.6 (which bullmq, pg-boss and agenda use), cron 4.4.0, node-cron 4.6.0
# Behaviour:  croner writes 7 for a SUN that ends a range, so that SAT-SUN is a weekend. SUN-SUN and 0-SUN become 0-7, which is
#             the whole week. The others take both for Sunday. SAT-SUN itself is refused by cron-parser and cron.
# Seen:       due times of January 2026, which has 4 Sundays and 9 days of weekends
#             0 0 * * SUN-SUN  croner 31, cron-parser 4, cron 4, node-cron 4
#             0 0 * * MON-MON  4 in all
#             0 0 * * SAT-SUN  croner 9, cron-parser refused, cron refused, node-cron 9
# Source:     croner 11.0.1, dist/croner.js, DAY_NAMES: "-sun" is "-7", any other "sun" is "0"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts croner@11.0.1 cron-parser@5.10.6 cron@4.4.0 node-cron@4.6.0 >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import { CronTime } from 'cron'
import parser from 'cron-parser'
import { Cron } from 'croner'
import { createTask } from 'node-cron'

const from = new Date('2025-12-31T23:59:59Z')
const until = new Date('2026-02-01T00:00:00Z')

// How often each is due in January.
const libraries = {
  croner: (text) => {
    const cron = new Cron(text, { timezone: 'UTC', paused: true })
    return walk((at) => cron.nextRun(at))
  },
  'cron-parser': (text) => {
    const iterator = parser.CronExpressionParser.parse(text, { tz: 'UTC', currentDate: from })
    return walk(() => iterator.next().toDate())
  },
  cron: (text) => {
    const time = new CronTime(text, 'UTC')
    return walk((at) => time.getNextDateFrom(at, 'UTC').toJSDate())
  },
  'node-cron': (text) => {
    const task = createTask(text, () => {}, { timezone: 'UTC' })
    const days = Array.from({ length: 31 }, (_, day) => new Date(Date.UTC(2026, 0, day + 1)))
    return days.filter((day) => task.match(day)).length
  },
}

function walk(next) {
  let count = 0
  for (let at = next(from); at < until; at = next(at)) count++
  return count
}

function read(text) {
  return Object.fromEntries(
    Object.entries(libraries).map(([name, countOf]) => {
      try {
        return [name, countOf(text)]
      } catch {
        return [name, 'refused']
      }
    }),
  )
}

const seen = ['SUN-SUN', 'MON-MON', 'SAT-SUN'].map((days) => read(`0 0 * * ${days}`))
console.table(seen)
assert.deepEqual(seen, [
  { croner: 31, 'cron-parser': 4, cron: 4, 'node-cron': 4 },
  { croner: 4, 'cron-parser': 4, cron: 4, 'node-cron': 4 },
  { croner: 9, 'cron-parser': 'refused', cron: 'refused', 'node-cron': 9 },
])
console.log('holds: SUN-SUN is every day for croner, and Sunday for three others')
process.exit(0)
END
node check.mjs

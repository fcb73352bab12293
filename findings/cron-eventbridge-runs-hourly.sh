#!/usr/bin/env bash
# EventBridge's daily pattern is taken by two cron libraries of npm, which run it every hour.
#
# The guess:  a cron library refuses what it cannot read, such as "?" in a field that is no day.
# Versions:   croner 11.0.1, cron-parser 5.10.6 (which bullmq, pg-boss and agenda use), cron 4.4.0, node-cron 4.6.0
# Behaviour:  "0 10 * * ? *" is daily at 10:00 in EventBridge: minute, hour, day, month, weekday, year. croner and cron-parser
#             take it for six fields with seconds first and "?" for any month: minute 10 of every hour. cron and node-cron
#             refuse it. And "0 0 12 ? * 2-6", Monday to Friday in Quartz, is Tuesday to Saturday in croner, cron-parser and
#             node-cron, which take it without a word; cron refuses it.
# Seen:       0 10 * * ? *    January 2026: croner 744, cron-parser 744, cron refused, node-cron refused
#             0 0 12 ? * 2-6  first due time on a weekend: croner 3 January, cron-parser 3 January, node-cron 3 January
# Source:     https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
#             https://www.quartz-scheduler.org/documentation/quartz-2.5.x/tutorials/crontrigger.html
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

// The due times of January, or null for a pattern that is refused.
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
    const minutes = Array.from({ length: 31 * 1440 }, (_, minute) => new Date(Date.UTC(2026, 0, 1, 0, minute)))
    return minutes.filter((minute) => task.match(minute))
  },
}

function walk(next) {
  const dues = []
  for (let at = next(from); at < until; at = next(at)) dues.push(at)
  return dues
}

function read(text, show) {
  return Object.fromEntries(
    Object.entries(libraries).map(([name, duesOf]) => {
      try {
        return [name, show(duesOf(text))]
      } catch {
        return [name, 'refused']
      }
    }),
  )
}

const isWeekend = (due) => [0, 6].includes(due.getUTCDay())
const daily = read('0 10 * * ? *', (dues) => dues.length)
const weekdays = read('0 0 12 ? * 2-6', (dues) => dues.find(isWeekend)?.toISOString() ?? 'none')
console.log('0 10 * * ? *  ', daily)
console.log('0 0 12 ? * 2-6', weekdays)
assert.deepEqual(daily, { croner: 744, 'cron-parser': 744, cron: 'refused', 'node-cron': 'refused' })
const saturday = '2026-01-03T12:00:00.000Z'
assert.deepEqual(weekdays, { croner: saturday, 'cron-parser': saturday, cron: 'refused', 'node-cron': saturday })
console.log('holds: two libraries run a daily EventBridge pattern hourly, three run a Quartz weekday pattern on Saturdays')
process.exit(0)
END
node check.mjs

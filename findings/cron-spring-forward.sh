#!/usr/bin/env bash
# On the day the clocks go forward, four cron libraries give three answers to a plain daily time, and three to a step.
#
# The guess:  libraries that take a time zone agree on what becomes of the hour that is left out; a stepping expression such as
#             "15 */2" is due only at minutes and hours that it matches.
# Versions:   croner 11.0.1, cron-parser 5.10.6, cron 4.4.0, node-cron 4.6.0
# Behaviour:  New York, 2026-03-08, where 02:00 to 03:00 does not exist. A fixed time moves to 03:00 in croner and cron, to
#             03:30 in cron-parser, and is dropped by node-cron. Of a minute step within the missing hour, croner and
#             node-cron drop all four times, cron runs one and cron-parser runs four, an hour late. And "15 */2" gets a run
#             at 03:15 from cron-parser (an odd hour) and at 03:00 from cron (an odd hour, and a minute that the expression
#             does not have), each followed by the right one soon after.
# Seen:       30 2 * * *    croner 03:00 | cron-parser 03:30 | cron 03:00 | node-cron none
#             */15 2 * * *  croner none | cron-parser 03:00 03:15 03:30 03:45 | cron 03:00 | node-cron none
#             15 */2 * * *  until 05:00: croner 00:15 04:15 | cron-parser 00:15 03:15 04:15 | cron 00:15 03:00 04:15 |
#                           node-cron 00:15 04:15
# Source:     https://github.com/kelektiv/node-cron/pull/639 (cron: what was jumped over is run at the end of the gap)
#             https://github.com/harrisiirak/cron-parser/pull/435 (cron-parser: moved past the gap)
#             https://www.nodecron.com/timezones-and-dst.html (node-cron: dropped)
#             the README of croner 11.0.1, "Pattern": single values move, everything else is dropped
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

const zone = 'America/New_York'
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
const from = new Date('2026-03-08T04:59:00Z')

// The local times of the due times before `until`.
function dueTimes(next, until) {
  const times = []
  for (let at = next(from); at < until; at = next(at)) times.push(clock.format(at))
  return times.join(' ') || 'none'
}

function compare(text, until) {
  const croner = new Cron(text, { timezone: zone, paused: true })
  const iterator = parser.CronExpressionParser.parse(text, { tz: zone, currentDate: from })
  const cron = new CronTime(text, zone)
  const task = createTask(text, () => {}, { timezone: zone })
  const minutes = (at) => {
    let minute = at
    do minute = new Date(minute.getTime() + 60_000)
    while (minute < until && !task.match(minute))
    return minute
  }
  const seen = {
    croner: dueTimes((at) => croner.nextRun(at), until),
    'cron-parser': dueTimes(() => iterator.next().toDate(), until),
    cron: dueTimes((at) => cron.getNextDateFrom(at, zone).toJSDate(), until),
    'node-cron': dueTimes(minutes, until),
  }
  console.log(text, seen)
  return seen
}

const midnight = new Date('2026-03-09T04:00:00Z')
const five = new Date('2026-03-08T09:00:00Z')
assert.deepEqual(compare('30 2 * * *', midnight), {
  croner: '03:00',
  'cron-parser': '03:30',
  cron: '03:00',
  'node-cron': 'none',
})
assert.deepEqual(compare('*/15 2 * * *', midnight), {
  croner: 'none',
  'cron-parser': '03:00 03:15 03:30 03:45',
  cron: '03:00',
  'node-cron': 'none',
})
assert.deepEqual(compare('15 */2 * * *', five), {
  croner: '00:15 04:15',
  'cron-parser': '00:15 03:15 04:15',
  cron: '00:15 03:00 04:15',
  'node-cron': '00:15 04:15',
})
console.log('holds: four cron libraries differ on the day the clocks go forward, and two run at times that the expression lacks')
process.exit(0)
END
node check.mjs

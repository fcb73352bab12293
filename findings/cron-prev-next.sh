#!/usr/bin/env bash
# A due time that cron-parser's next() gives is none for its prev(), and the other way round, when the clocks change.
#
# The guess:  prev() walks the due times of next() backwards, so "was something due in the last minute?" can be asked by
#             prev(), as schedulers do that look back from now (pg-boss 10: timekeeper.js, shouldSendIt).
# Versions:   cron-parser 5.10.6, and 4.9.0, which pg-boss 10.4.2 has
# Behaviour:  Daily at 02:30 in New York. On 2026-03-08, when 02:30 does not exist, next() gives 03:30; asked 20 seconds after
#             that, prev() gives the day before, so whoever looks back never runs that day. On 2026-11-01, when 01:30 comes
#             twice, next() gives the first; asked 20 seconds after either of them, prev() answers that one, so whoever looks
#             back runs twice.
# Seen:       30 2 * * *  next 2026-03-08T07:30:00.000Z, prev at 07:30:20 2026-03-07T07:30:00.000Z
#             30 1 * * *  next 2026-11-01T05:30:00.000Z then 2026-11-02T06:30:00.000Z,
#                         prev at 05:30:20 and 06:30:20 2026-11-01T05:30:00.000Z and 2026-11-01T06:30:00.000Z
# Source:     https://github.com/harrisiirak/cron-parser/issues/378 (the gap), open
#             https://github.com/harrisiirak/cron-parser/pull/446 (the hour that comes twice), open
#             src/timekeeper.js of pg-boss 10.4.2 (https://github.com/timgit/pg-boss): who looks back
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts cron-parser@5.10.6 cron-parser-4@npm:cron-parser@4.9.0 >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import parser from 'cron-parser'
import parser4 from 'cron-parser-4'

function ask(parse) {
  const at = (text, currentDate) => parse(text, { tz: 'America/New_York', currentDate: new Date(currentDate) })
  const next = (text, from) => at(text, from).next().toISOString()
  const prev = (text, from) => at(text, from).prev().toISOString()
  return {
    spring: {
      next: next('30 2 * * *', '2026-03-07T12:00:00Z'),
      prevAfterIt: prev('30 2 * * *', '2026-03-08T07:30:20Z'),
    },
    autumn: {
      next: next('30 1 * * *', '2026-10-31T12:00:00Z'),
      nextAfterIt: next('30 1 * * *', '2026-11-01T05:30:00Z'),
      prevAfterFirst: prev('30 1 * * *', '2026-11-01T05:30:20Z'),
      prevAfterSecond: prev('30 1 * * *', '2026-11-01T06:30:20Z'),
    },
  }
}

const seen = ask((text, options) => parser.CronExpressionParser.parse(text, options))
console.log(seen)
assert.deepEqual(seen, {
  spring: { next: '2026-03-08T07:30:00.000Z', prevAfterIt: '2026-03-07T07:30:00.000Z' },
  autumn: {
    next: '2026-11-01T05:30:00.000Z',
    nextAfterIt: '2026-11-02T06:30:00.000Z',
    prevAfterFirst: '2026-11-01T05:30:00.000Z',
    prevAfterSecond: '2026-11-01T06:30:00.000Z',
  },
})
assert.deepEqual(ask((text, options) => parser4.parseExpression(text, options)), seen)
console.log('holds: cron-parser finds a due time forwards that it denies backwards, and backwards one that it denies forwards')
END
node check.mjs

#!/usr/bin/env bash
# "every 90 minutes" is every hour, and "every 45 minutes" is now after 45, now after 15.
#
# The guess:  a job whose interval is the text "every 90 minutes" runs every 90 minutes.
# Version:    @breejs/later 4.2.0, which reads the intervals of bree's jobs
# Behaviour:  later has no durations: it makes a list of the minutes of an hour that the step meets, and starts anew with each
#             hour. 45 gives the minutes 0 and 45, 90 gives the minute 0 alone. Likewise "every 7 hours" has 3 hours between the
#             last run of a day and the first of the next, and "every 5 days" runs on the 31st and again on the 1st.
# Seen:       minutes between runs from 2026-01-01 01:00 on: 90 minutes 60 60 60 60 | 45 minutes 45 15 45 15;
#             in hours: 7 hours 7 7 3 7 | 5 days 120 120 120 120 120 24
# Source:     https://breejs.github.io/later/parsers.html (the text parser), https://github.com/breejs/bree (the README under
#             "Job Interval and Timeout Values": such texts are read by later)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts @breejs/later@4.2.0 >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import later from '@breejs/later'

later.date.UTC()
function gaps(text, count, unit) {
  const parsed = later.parse.text(text)
  assert.equal(parsed.error, -1, 'the text is valid')
  const runs = later.schedule(parsed).next(count + 2, new Date('2026-01-01T00:30:00Z'))
  return runs.slice(2).map((run, index) => (run - runs[index + 1]) / unit)
}
const minute = 60_000
const seen = {
  '90 minutes': gaps('every 90 minutes', 4, minute),
  '45 minutes': gaps('every 45 minutes', 4, minute),
  '7 hours': gaps('every 7 hours', 4, 60 * minute),
  '5 days': gaps('every 5 days', 6, 60 * minute),
}
console.log(seen)
assert.deepEqual(seen, {
  '90 minutes': [60, 60, 60, 60],
  '45 minutes': [45, 15, 45, 15],
  '7 hours': [7, 7, 3, 7],
  '5 days': [120, 120, 120, 120, 120, 24],
})
console.log('holds: "every 90 minutes" of later is hourly, "every 45 minutes" is 45 and 15 in turns')
END
node check.mjs

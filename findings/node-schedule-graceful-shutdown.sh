#!/usr/bin/env bash
# gracefulShutdown of node-schedule waits for the wrong thing once a job has thrown, and keeps the process alive afterwards.
#
# The guess:  `await gracefulShutdown()` resolves when no job runs any more, and the process then ends by itself.
# Version:    node-schedule 2.1.1, Node 24.21.0
# Behaviour:  the number of running jobs goes wrong with each failure: a function that throws, with a listener of `error`,
#             counts -1, so that a later run counts 0 and is not waited for. One that rejects without such a listener, in a
#             process that survives an unhandled rejection, counts 1 for good. And where it did wait, the timer that looks every
#             500 ms is never cleared: the process stays.
# Seen:       after one throw: counted -1; with a run under way counted 0; resolved at once with that run still under way
#             after one rejection: counted 1 with no run under way
#             without any failure: resolved after the run, and a Timeout still holds the process
# Source:     node-schedule 2.1.1, lib/Invocation.js (`job.running` is raised after the call, lowered in each `catch`, and
#             `emit('error')` throws before it where nobody listens) and lib/schedule.js (`setInterval` without an end);
#             https://github.com/node-schedule/node-schedule/pull/752 (ends the timer; merged, in no release)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts node-schedule@2.1.1 >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import schedule from 'node-schedule'

const EVERY_SECOND = '* * * * * *'
async function until(holds) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}
/** A job that does this once, and nothing at any other second. */
function onceA(name, work) {
  let begun = false
  return schedule.scheduleJob(name, EVERY_SECOND, () => {
    if (begun) return
    begun = true
    return work()
  })
}
let underWay = 0
async function long() {
  underWay++
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  underWay--
}

const throwing = onceA('throws', () => { throw new Error('no prices') })
throwing.on('error', () => {})
await once(throwing, 'error')
await until(() => throwing.running !== 0)
assert.equal(throwing.running, -1)
throwing.job = long
await until(() => underWay === 1)
await schedule.gracefulShutdown()
const afterThrow = { counted: throwing.running, underWay }
assert.deepEqual(afterThrow, { counted: 0, underWay: 1 })
await until(() => underWay === 0)

let unhandled = 0
process.on('unhandledRejection', () => void unhandled++)
const rejecting = onceA('rejects', () => Promise.reject(new Error('no prices')))
await until(() => unhandled === 1)
const afterRejection = rejecting.running
rejecting.cancel()
assert.equal(afterRejection, 1)

onceA('succeeds', long)
await until(() => underWay === 1)
await schedule.gracefulShutdown()
assert.equal(underWay, 0)
const holding = process.getActiveResourcesInfo()
console.log({ afterThrow, afterRejection, holding })
assert.ok(holding.includes('Timeout'))
console.log('holds: it does not wait after a throw, would wait for ever after a rejection, and keeps the process alive')
process.exit(0)
END
node check.mjs

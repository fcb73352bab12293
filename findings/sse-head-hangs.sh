#!/usr/bin/env bash
# A HEAD request on an event stream of Express is not even answered with its headers.
#
# The guess:  Express answers HEAD by the GET route and leaves out the body, so a HEAD on a stream that writes at once gets the
#             status and the headers, and is done.
# Versions:   express 5.3.0, Node 20.20.2
# Behaviour:  Node sends the headers with the first bytes of the body. For HEAD it throws those bytes away, and the headers stay
#             where they are, although `res.headersSent` is true and every `res.write` answers true. The client waits until its
#             own timeout, and the handler keeps its timer and its subscription all that time. `res.flushHeaders()` makes the
#             difference: then the client has its answer at once.
# Seen:       GET 200 | HEAD no answer in 1000 ms, headersSent true, all writes true, response open |
#             with flushHeaders: HEAD 200
# Source:     https://nodejs.org/docs/latest-v20.x/api/http.html#responseflushheaders (headers wait for the first data),
#             https://github.com/nodejs/node/issues/47480 (bytes of a HEAD are ignored without a word)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts express@5.3.0 >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import express from 'express'

const streams = []
const stream = (flush) => (req, res) => {
  const writes = []
  streams.push({ res, writes })
  res.writeHead(200, { 'content-type': 'text/event-stream' })
  if (flush) res.flushHeaders()
  writes.push(res.write('data: 0\n\n'))
  const timer = setInterval(() => writes.push(res.write('data: 1\n\n')), 50)
  res.on('close', () => clearInterval(timer))
}
const app = express()
app.get('/events', stream(false))
app.get('/flushed', stream(true))
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')

async function ask(method, path) {
  const asked = request({ host: '127.0.0.1', port: server.address().port, method, path }).end()
  asked.on('error', () => {})
  const answer = await Promise.race([once(asked, 'response').then(([{ statusCode }]) => statusCode), delay(1000, 'none')])
  const { res, writes } = streams.at(-1)
  const seen = { answer, headersSent: res.headersSent, open: !res.closed, allWritesTrue: writes.every(Boolean) }
  asked.destroy()
  return seen
}

const seen = { get: await ask('GET', '/events'), head: await ask('HEAD', '/events') }
const flushed = (await ask('HEAD', '/flushed')).answer
console.log(seen, { flushed })
assert.equal(seen.get.answer, 200)
assert.deepEqual(seen.head, { answer: 'none', headersSent: true, open: true, allWritesTrue: true })
assert.equal(flushed, 200)
console.log('holds: HEAD on an event stream of Express gets no answer, though headersSent is true and each write succeeds')
process.exit(0)
END
node check.mjs

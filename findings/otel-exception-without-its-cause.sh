#!/usr/bin/env bash
# OpenTelemetry for JavaScript records an exception without its causes, and takes the error's code for its type.
#
# The guess:  `span.recordException(error)` exports what Node prints of the error: its class, its stack, and the causes below it,
#             or the inner errors of an AggregateError. `exception.type` groups by class.
# Versions:   @opentelemetry/sdk-trace-base 2.12.1, @opentelemetry/api 1.10.0, Node 24.21.0
# Behaviour:  type is `error.code` where there is one (a system call's name, an SQLSTATE), else `error.name`; the stack trace is
#             `error.stack`, which names neither `cause` nor `errors`. What a failed fetch or a failed Promise.any failed of is
#             not in the span.
# Seen:       a fetch of a closed port: type TypeError, message "fetch failed", ECONNREFUSED nowhere; Promise.any of two failures:
#             type AggregateError, neither inner message; an error with the code 23505: type "23505", its class nowhere
#             but in the stack; util.inspect names all of them
# Source:     https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/ (exception.type is the class of the
#             exception), and the run below
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
arch=$(node -p process.arch)
npm install --silent --no-audit --no-fund --ignore-scripts "node-linux-$arch@24.21.0" @opentelemetry/sdk-trace-base@2.12.1 @opentelemetry/api@1.10.0 >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { inspect } from 'node:util'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'

class UniqueViolation extends Error {
  code = '23505'
}
const tracer = new BasicTracerProvider().getTracer('any')
function recorded(error) {
  const span = tracer.startSpan('run')
  span.recordException(error)
  span.end()
  const [{ attributes }] = span.events
  return { type: attributes['exception.type'], all: JSON.stringify(attributes) }
}

const server = net.createServer().listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address()
server.close()
await once(server, 'close')
const refused = await fetch(`http://127.0.0.1:${port}`).catch((error) => error)
const both = await Promise.any([Promise.reject(new Error('quota used up')), Promise.reject(new Error('no route'))]).catch((error) => error)
const unique = new UniqueViolation('duplicate key')

// What Node itself prints has all of it.
assert.match(inspect(refused), /ECONNREFUSED/)
assert.match(inspect(both), /quota used up[\s\S]*no route/)

const seen = {
  fetch: [recorded(refused).type, recorded(refused).all.includes('ECONNREFUSED')],
  any: [recorded(both).type, recorded(both).all.includes('quota used up')],
  database: [recorded(unique).type, recorded(unique).type === unique.constructor.name],
}
console.log(seen)
assert.deepEqual(seen, { fetch: ['TypeError', false], any: ['AggregateError', false], database: ['23505', false] })
console.log('holds: a recorded exception has no causes, and its type is the code of the error')
END
# The newest releases want a newer Node than the one that runs this script may be.
node_modules/node-linux-"$arch"/bin/node check.mjs

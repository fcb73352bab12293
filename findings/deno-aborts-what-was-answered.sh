#!/usr/bin/env bash
# Deno aborts the signal of a request that was answered in full.
#
# The guess:  the signal of a Request tells that its sender has hung up, as in Bun, in Next and in browsers' service workers; a
#             handler may hand it to work that goes on, and to a log of abandoned requests.
# Version:    Deno 2.9.6
# Behaviour:  Deno.serve aborts the signal as soon as the answer has been delivered. Whoever counts aborted signals counts
#             every request as abandoned. The flag --unstable-no-legacy-abort makes it tell hang-ups alone. Since 2.9 Deno
#             warns of it, once, where a listener was added.
# Seen:       answered 200, then aborted true; with the flag aborted false
# Source:     https://docs.deno.com/go/unstable-no-legacy-abort
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts deno@2.9.6 >npm.log
node node_modules/deno/install.cjs >/dev/null 2>&1 || true

cat >check.mjs <<'END_OF_CHECK'
let signal
const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen() {} }, (request) => {
  signal = request.signal
  return new Response('all of it')
})
const answer = await fetch(`http://127.0.0.1:${server.addr.port}/`)
await answer.text()
await server.shutdown()
console.log(`answered ${answer.status}, aborted ${signal.aborted}`)
END_OF_CHECK
seen=$(node_modules/.bin/deno run --no-prompt --allow-net check.mjs)
without=$(node_modules/.bin/deno run --no-prompt --allow-net --unstable-no-legacy-abort check.mjs)
echo "$seen; with the flag: $without"
[ "$seen" = 'answered 200, aborted true' ]
[ "$without" = 'answered 200, aborted false' ]
echo 'holds: Deno aborts the signal of a request that was answered in full'

#!/usr/bin/env bash
# The URL of a request in a route handler of Next says the server's own name, whatever host was asked for.
#
# The guess:  new URL(request.url).host is the host that the client asked for, as in Bun, Deno, Hono and by toNodeListener. So it
#             can be compared with the Origin of a command, or with a list of allowed hosts.
# Version:    next 16.4.6
# Behaviour:  the URL has the name and port that the server was started with (localhost without --hostname). A check of hosts
#             that reads the URL passes every foreign name (DNS rebinding), and a comparison with Origin refuses the server's own
#             pages. The Host header is untouched: that is what to read.
# Seen:       asked for evil.example, url localhost:PORT, header evil.example
# Source:     https://github.com/vercel/next.js/issues/79182 and 37536: it is intended, and Host is to be read directly
set -euo pipefail
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts next@16.4.6 react@19.2.0 react-dom@19.2.0 >npm.log
export NEXT_TELEMETRY_DISABLED=1
mkdir -p app/seen
cat >app/seen/route.js <<'END_OF_ROUTE'
export const dynamic = 'force-dynamic'
export const GET = (request) =>
  Response.json({ url: new URL(request.url).host, header: request.headers.get('host') })
END_OF_ROUTE
node node_modules/next/dist/bin/next build >build.log 2>&1
port=$(node -p 'const s = require("node:net").createServer().listen(0, () => { console.log(s.address().port); s.close() }); ""' | head -1)
node node_modules/next/dist/bin/next start --port "$port" >start.log 2>&1 &
server=$!
for _ in $(seq 100); do
  seen=$(curl -s -H 'Host: evil.example' "http://127.0.0.1:$port/seen") && break
  sleep 0.3
done
echo "$seen"
[ "$seen" = "{\"url\":\"localhost:$port\",\"header\":\"evil.example\"}" ]
echo 'holds: the URL of a request in Next says localhost, whatever host was asked for'

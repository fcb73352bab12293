#!/usr/bin/env node
import { readFileSync } from 'node:fs'

/** The lowest Node, as the manifest says it. */
const FLOOR = /\d+\.\d+/.exec(
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).engines.node,
)
const [major = 0, minor = 0] = String(FLOOR).split('.').map(Number)
const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number)

if (ownMajor < major || (ownMajor === major && ownMinor < minor)) {
  console.error(`@pm/create-scheduler needs Node ${FLOOR} or later, and this is Node ${process.versions.node}.`)
  process.exitCode = 1
} else {
  // Only now: what it imports would fail on an old Node with an error of its own.
  const { run } = await import('./run.ts')
  process.exitCode = await run({
    args: process.argv.slice(2),
    userAgent: process.env['npm_config_user_agent'],
    isTerminal: process.stdin.isTTY && process.stdout.isTTY,
    print: console.log,
    printError: console.error,
  })
}

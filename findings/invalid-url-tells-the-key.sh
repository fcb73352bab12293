#!/usr/bin/env bash
# The error of an invalid URL, and that of an invalid header, contain the URL and the header: with a key in them, the key.
#
# The guess:  a TypeError of `new URL`, `new Headers` or `fetch` says what is wrong, not with what: its message is "Invalid URL",
#             so it can be logged like any error of one's own code.
# Version:    Node 22.14 to 24.21
# Behaviour:  the error of a URL has the whole text in `input`, which loggers and `util.inspect` print; `fetch` says it in its message
#             and in the `input` of its cause. The error of a header quotes the value in its message. A key with a line break at
#             its end, as a file of secrets often has one, is such a value.
# Seen:       the key in all four
# Source:     https://nodejs.org/api/errors.html (ERR_INVALID_URL: the error has a property `input`)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >check.mjs <<'END'
import assert from 'node:assert/strict'
import { inspect } from 'node:util'

const KEY = 'made-up'
const told = async (work) => {
  try {
    await work()
  } catch (error) {
    return [error.name, error.message.includes(KEY), inspect(error).includes(KEY)]
  }
}
const seen = [
  await told(() => new URL(`/query?key=${KEY}`)),
  await told(() => new URL(`htp//prices.example/query?key=${KEY}`)),
  await told(() => new Headers({ authorization: `Bearer ${KEY}\nand more` })),
  await told(() => fetch(`/query?key=${KEY}`)),
]
console.log(seen)
assert.deepEqual(seen, [
  ['TypeError', false, true],
  ['TypeError', false, true],
  ['TypeError', true, true],
  ['TypeError', true, true],
])
console.log('holds: the errors of an invalid URL and of an invalid header tell what was in them')
END
node check.mjs

#!/usr/bin/env bash
# Intl writes pence as pounds: it folds the case of a currency code, and takes any three letters for a currency.
#
# The guess:  a currency code is matched as it is written, so Intl.NumberFormat refuses GBp, which is in no list of
#             currencies, or shows the code as it stands.
# Version:    Node 24.21.0 (ICU 78.3)
# Behaviour:  GBp is GBP: 95.06 pence become £95.06, a hundred times their worth, without an error. Any three letters are a
#             currency, so that ZAc, ILA, USX and KWF are shown as currencies of their own, and nobody learns that they are
#             cents, agorot and fils. ECMA-402 has the code converted to upper case before it is looked up.
# Seen:       GBp £95.06 GBP | gbp £95.06 GBP | ZAc ZAC 95.06 ZAC | ILA ILA 95.06 ILA | USX USX 95.06 USX | KWF KWF 95.06 KWF
# Source:     https://tc39.es/ecma402/#sec-setnumberformatunitoptions (the currency is ASCII-uppercased),
#             https://tc39.es/ecma402/#sec-iswellformedcurrencycode
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
arch=$(node -p process.arch)
npm install --silent --no-audit --no-fund --ignore-scripts "node-linux-$arch@24.21.0" >npm.log

cat >check.mjs <<'END'
import assert from 'node:assert/strict'

const seen = ['GBp', 'gbp', 'ZAc', 'ILA', 'USX', 'KWF'].map((currency) => {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency })
  return [currency, format.format(95.06).replace('\u00a0', ' '), format.resolvedOptions().currency].join(' ')
})
console.log(seen.join(' | '))
assert.deepEqual(seen, [
  'GBp £95.06 GBP',
  'gbp £95.06 GBP',
  'ZAc ZAC 95.06 ZAC',
  'ILA ILA 95.06 ILA',
  'USX USX 95.06 USX',
  'KWF KWF 95.06 KWF',
])
console.log('holds: 95.06 pence are written as 95.06 pounds')
END
"node_modules/node-linux-$arch/bin/node" check.mjs

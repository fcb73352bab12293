#!/usr/bin/env bash
# Node ignores new time zone data in the folder of NODE_ICU_DATA, unless they are in a folder below it with ICU's version.
#
# The guess:  NODE_ICU_DATA names the folder with ICU's data, so the four files of a newer time zone database, put into that
#             folder, replace those of the program; or Node says that it cannot use them.
# Versions:   Node 22.12.0 (ICU 76.1, 2024b), with the files of Node 24.21.0 (ICU 78.3, 2026c)
# Behaviour:  the files in the folder itself are passed over in silence, and local times stay the old ones. In
#             <folder>/icudt76l they are taken, although they were made for ICU 78. ICU_TIMEZONE_FILES_DIR, which Node does
#             not document, takes them from the folder itself. process.versions.tz tells in each case what is in effect.
# Seen:       program 2024b GMT-08:00 | NODE_ICU_DATA 2024b GMT-08:00 | NODE_ICU_DATA with icudt76l 2026c GMT-07:00 |
#             ICU_TIMEZONE_FILES_DIR 2026c GMT-07:00 (Vancouver, 30 December 2026)
# Source:     https://nodejs.org/docs/latest-v22.x/api/intl.html#providing-icu-data-at-runtime (names only icudt*.dat)
#             https://unicode-org.github.io/icu/userguide/datetime/timezone/#icu4c-timezone-update-with-drop-in-res-files
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
arch=$(node -p process.arch)
npm install --silent --no-audit --no-fund --ignore-scripts "old@npm:node-linux-$arch@22.12.0" "new@npm:node-linux-$arch@24.21.0" >npm.log

# The files of the newer data are in the program: behind a header "CmnD" comes a table of names and places.
cat >extract.mjs <<'END'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const program = readFileSync('node_modules/new/bin/node')
const wanted = ['zoneinfo64.res', 'timezoneTypes.res', 'metaZones.res', 'windowsZones.res']
mkdirSync('files')
mkdirSync('below/icudt76l', { recursive: true })
for (let found = program.indexOf('CmnD'); found !== -1; found = program.indexOf('CmnD', found + 1)) {
  const head = found - 12
  if (program[head + 2] !== 0xda || program[head + 3] !== 0x27) continue
  const base = head + program.readUInt16LE(head)
  const count = program.readUInt32LE(base)
  const nameOf = (index) => {
    const at = base + program.readUInt32LE(base + 4 + 8 * index)
    return program.toString('latin1', at, program.indexOf(0, at)).split('/').at(-1)
  }
  const placeOf = (index) => base + program.readUInt32LE(base + 8 + 8 * index)
  for (let index = 0; index + 1 < count; index++) {
    const name = nameOf(index)
    if (!wanted.includes(name)) continue
    const data = program.subarray(placeOf(index), placeOf(index + 1))
    for (const folder of ['files', 'below/icudt76l']) writeFileSync(`${folder}/${name}`, data)
  }
  break
}
END
node extract.mjs

cat >check.mjs <<'END'
const format = new Intl.DateTimeFormat('en', { timeZone: 'America/Vancouver', timeZoneName: 'longOffset', second: 'numeric' })
console.log(process.versions.tz, format.format(Date.UTC(2026, 11, 30)).split(' ')[1])
END
old=node_modules/old/bin/node
plain=$("$old" check.mjs)
ignored=$(NODE_ICU_DATA=$work/files "$old" check.mjs)
below=$(NODE_ICU_DATA=$work/below "$old" check.mjs)
files=$(ICU_TIMEZONE_FILES_DIR=$work/files "$old" check.mjs)
echo "program $plain | NODE_ICU_DATA $ignored | NODE_ICU_DATA with icudt76l $below | ICU_TIMEZONE_FILES_DIR $files"
[ "$plain" = '2024b GMT-08:00' ]
[ "$ignored" = "$plain" ]
[ "$below" = '2026c GMT-07:00' ]
[ "$files" = "$below" ]
echo 'holds: the files in the folder of NODE_ICU_DATA are passed over, and those below it in a folder of the version are taken'

/**
 * Holds ICU's names of zones against IANA's: `node tools/repo/zone-names.ts` writes which of them are refused, what the
 * countries' zones are, and the names that IANA has. It needs the npm registry, so it is run by hand when ICU or IANA
 * have new names; a test says when that is so.
 */
import { writeFileSync } from 'node:fs'

import { fetchIanaData } from './zones/iana-data.ts'
import { namesInIcu } from './zones/icu-names.ts'
import { foreignZones, zoneCountries } from './zones/write.ts'

const root = new URL('../../', import.meta.url)
const iana = fetchIanaData()
const schedule = new URL('packages/scheduler-core/src/schedule/', root)
writeFileSync(new URL('foreign-zones.ts', schedule), foreignZones(namesInIcu(), iana))
writeFileSync(new URL('zone-countries.ts', schedule), zoneCountries(iana))
writeFileSync(new URL('tools/repo/zones/iana-names.txt', root), `${iana.names.join('\n')}\n`)

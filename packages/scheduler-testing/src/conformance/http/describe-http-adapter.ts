import { describe } from 'vitest'

import type { ServeHttp } from './adapter.ts'
import { describeBadRequests } from './bad-requests.ts'
import { describeCommands } from './commands.ts'
import { describeCrossSite } from './cross-site.ts'
import { describeDueTimes } from './due-times.ts'
import { describeHistory } from './history.ts'
import { describeLimits } from './limits.ts'
import { describeLive } from './live.ts'
import { describeProbes } from './probes.ts'
import { describeProblems } from './problems.ts'
import { describeReads } from './reads.ts'
import { describeRefusals } from './refusals.ts'
import { describeStatus } from './status.ts'
import { describeVersion2 } from './version-2.ts'

/**
 * The conformance suite of a server adapter: how the three views of a scheduler behave over real HTTP. Call it once
 * for every way in which the adapter can be mounted.
 */
export function describeHttpAdapter(name: string, serve: ServeHttp): void {
  describe(`server adapter: ${name}`, () => {
    describeStatus(serve)
    describeVersion2(serve)
    describeLive(serve)
    describeReads(serve)
    describeDueTimes(serve)
    describeHistory(serve)
    describeCommands(serve)
    describeLimits(serve)
    describeRefusals(serve)
    describeCrossSite(serve)
    describeBadRequests(serve)
    describeProblems(serve)
    describeProbes(serve)
  })
}

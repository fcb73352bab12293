import { afterAll, beforeEach, describe, expect } from 'vitest'

import type { HttpScope, ServeHttp } from './adapter.ts'
import { describeAskedJobs } from './asked-jobs.ts'
import { describeBadRequests } from './bad-requests.ts'
import { describeCommands } from './commands.ts'
import { describeCrossSite } from './cross-site.ts'
import { describeDueTimes } from './due-times.ts'
import { describeHistory } from './history.ts'
import { describeLimits } from './limits.ts'
import { describeLists } from './lists.ts'
import { describeLive } from './live.ts'
import { describeLogUrls } from './log-urls.ts'
import { describeProbes } from './probes.ts'
import { describeProblems } from './problems.ts'
import { describeReads } from './reads.ts'
import { describeRefusals } from './refusals.ts'
import { describeRunDetails } from './run-details.ts'
import { describeStatus } from './status.ts'
import { describeUnknownParameters } from './unknown-parameters.ts'
import { describeVersion2 } from './version-2.ts'

export interface HttpAdapterOptions {
  /** Which stories to run (default `whole`, which one mount of every adapter has to pass). */
  readonly scope?: HttpScope
  /**
   * Stories that cannot hold in this host, by their names, each with the reason that is printed (default none): where the
   * host answers before the routes are asked, say. A name that no story has fails.
   */
  readonly except?: Readonly<Record<string, string>>
}

/**
 * The conformance suite of a server adapter: how the three views of a scheduler behave over real HTTP. Call it once
 * for every way in which the adapter can be mounted: for one of them whole, for the others with `scope: 'mount'`.
 */
export function describeHttpAdapter(
  name: string,
  serve: ServeHttp,
  { scope = 'whole', except = {} }: HttpAdapterOptions = {},
): void {
  describe(`server adapter: ${name}`, () => {
    skipStories(except)
    describeStatus(serve, scope)
    describeLive(serve, scope)
    describeReads(serve, scope)
    describeCommands(serve, scope)
    describeLimits(serve, scope)
    describeRefusals(serve, scope)
    describeCrossSite(serve)
    describeBadRequests(serve, scope)
    describeProblems(serve, scope)
    describeProbes(serve, scope)
    if (scope === 'mount') return
    describeAskedJobs(serve)
    describeVersion2(serve)
    describeLists(serve)
    describeUnknownParameters(serve)
    describeDueTimes(serve)
    describeHistory(serve)
    describeLogUrls(serve)
    describeRunDetails(serve)
  })
}

/** Skips these for their reasons, and fails for each that there is not. */
function skipStories(except: Readonly<Record<string, string>>): void {
  const unmet = new Set(Object.keys(except))
  beforeEach(({ task, skip }) => {
    unmet.delete(task.name)
    const reason = except[task.name]
    if (reason !== undefined) skip(reason)
  })
  afterAll(() => expect([...unmet], 'are no stories of the suite').toEqual([]))
}

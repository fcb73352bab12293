import type { WalkAnswer, WalkedView, WalkOptions, WalkReport, WalkRequest, WalkStory } from './walk.ts'

/** A request that is still without what every request has. */
export interface Step extends Pick<WalkRequest, 'view' | 'method' | 'path'> {
  readonly caller: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | null
}

/** Says why an answer is more than the caller may have; `null` when it is not. */
export type Judge = (answer: WalkAnswer, step: Step) => string | null

/** Sends the requests of a walk, a few at a time, and writes down those that were admitted. */
export interface WalkLog {
  take(story: WalkStory, steps: readonly Step[], judge: Judge): Promise<void>
  ask(story: WalkStory, step: Step): Promise<WalkAnswer>
  report(): WalkReport
}

/** One caller may have as many questions waiting as the default budget of a scheduler gives one principal. */
const AT_ONCE = 8

export function createWalkLog({ send }: Pick<WalkOptions, 'send'>): WalkLog {
  const sent: Record<WalkStory, number> = { authorization: 0, control: 0, 'cross-site': 0, scope: 0 }
  const admitted: WalkReport['admitted'][number][] = []

  async function ask(story: WalkStory, step: Step): Promise<WalkAnswer> {
    const { view, method, path, headers = {}, body = null } = step
    const type: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' }
    sent[story] += 1
    const answer = await send({ view, method, path, headers: { ...type, ...headers }, body })
    if (answer.status === 429)
      throw new Error('The host limits what a walk asks: give it commandLimits and reads that let it through.')
    return answer
  }

  return {
    ask,
    async take(story, steps, judge) {
      for (let at = 0; at < steps.length; at += AT_ONCE) {
        const some = steps.slice(at, at + AT_ONCE)
        const answers = await Promise.all(some.map((step) => ask(story, step)))
        for (const [index, step] of some.entries()) {
          const answer = answers[index]
          const why = answer ? judge(answer, step) : null
          if (answer && why !== null) admitted.push({ story, ...described(step), status: answer.status, why })
        }
      }
    },
    report: () => ({ sent: { ...sent }, admitted: [...admitted] }),
  }
}

function described({ caller, view, method, path }: Step): { readonly caller: string; readonly request: string } {
  return { caller, request: `${method} ${viewed(view)}${path}` }
}

const viewed = (view: WalkedView) => `[${view}]`

/** A refusal: a client error that does not tell which methods there are, or the way to a login. */
export const unlessRefused: Judge = ({ status, headers }) => {
  if (headers['allow'] !== undefined) return 'it was told which methods there are'
  if (status === 303) return null
  return status >= 400 && status < 500 ? null : 'it was not refused'
}

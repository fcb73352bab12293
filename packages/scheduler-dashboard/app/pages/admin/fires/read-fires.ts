import type { ApiOf } from '../../../data/api.ts'
import { type Fire, toFires } from './to-fires.ts'

export interface Fires {
  readonly fires: readonly Fire[]
  /** The schedulers that did not answer. */
  readonly unread: readonly string[]
}

export interface ReadFires {
  readonly schedulers: readonly { readonly key: string; readonly name: string }[]
  readonly apiOf: ApiOf
  readonly signal: AbortSignal
}

/** Reads the next fires of every scheduler. Throws only when none of them answers. */
export async function readFires({ schedulers, apiOf, signal }: ReadFires): Promise<Fires> {
  const answers = await Promise.allSettled(
    schedulers.map(async ({ key }) => {
      const { admin } = apiOf(key, signal)
      // The jobs of the next twenty due times are among the twenty that are due soonest.
      const [upcoming, jobs] = await Promise.all([
        admin.upcoming({ n: 20 }),
        admin.jobs({ order: 'next_run_at', limit: 20, fields: 'schedule' }),
      ])
      return { upcoming: upcoming.items, jobs: jobs.items }
    }),
  )
  const lists = schedulers.flatMap(({ key, name }, index) => {
    const answer = answers[index]
    return answer?.status === 'fulfilled' ? [{ key, name, ...answer.value }] : []
  })
  const failed = answers.find((answer) => answer.status === 'rejected')
  if (lists.length === 0 && failed) throw failed.reason
  const unread = schedulers.filter((_, index) => answers[index]?.status === 'rejected').map(({ name }) => name)
  return { fires: toFires(lists), unread }
}

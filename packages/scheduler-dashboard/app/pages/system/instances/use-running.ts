import { useResource } from '../../../data/use-resource.ts'
import { type RunningJob, toRunning } from './to-running.ts'

/** More than a table has room for; beyond them an instance may show fewer jobs than it executes. */
const MOST_READ = 200

/** What each instance executes now; `null` until it is known, and where nobody asks (`isOn`). */
export function useRunning(
  scheduler: string,
  { isOn }: { readonly isOn: boolean },
): ReadonlyMap<string, readonly RunningJob[]> | null {
  const { data } = useResource(
    isOn ? 'running now' : null,
    async ({ admin }) => toRunning((await admin.runs({ state: 'running', limit: MOST_READ })).items),
    { scheduler, refreshOn: { view: 'admin' } },
  )
  return data
}

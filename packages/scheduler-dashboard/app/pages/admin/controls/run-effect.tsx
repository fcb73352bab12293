import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'
import { State } from '../../../ui/state.tsx'

/** What running a job now does, given how the job is. */
export function RunEffect({ schedulerKey, job }: { readonly schedulerKey: string; readonly job: string }) {
  const words = strings.admin.controls.effects
  const { data } = useResource(job === '' ? null : `job ${job}`, ({ admin }) => admin.job(job), {
    scheduler: schedulerKey,
  })
  const failures = data?.consecutive_failures ?? 0
  return (
    <>
      <p>{words.run}</p>
      {data?.paused && <State state="paused">{words.runPaused}</State>}
      {data && data.running_runs > 0 && <State state="late">{words.overlap}</State>}
      {failures > 0 && <State state="failed">{words.runFails(failures)}</State>}
    </>
  )
}

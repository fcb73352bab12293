import { useResource } from '../../../data/use-resource.ts'
import { concernsJob } from '../../../live/changed.ts'
import { strings } from '../../../strings/index.ts'
import { JsonPanel } from '../json-panel.tsx'

/** The template and the parameters of a job. Nothing for a job in code. */
export function TemplatePanel({ job, scheduler }: { readonly job: string; readonly scheduler: string }) {
  const { data } = useResource(`template of ${job}`, ({ admin }) => admin.templateOf(job), {
    scheduler,
    refreshOn: { view: 'admin', matches: (changed) => concernsJob(changed, job) },
  })
  if (data === null || data.template === null) return null
  const words = strings.job.template
  return <JsonPanel title={words.title(data.template)} copy={words.copy} value={data.params} />
}

import { useApp } from '../../../app-context.ts'
import { strings } from '../../../strings/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import { KeyValue } from '../../../ui/key-value.tsx'

const SHOWN = 12

export interface WhomProps {
  readonly scheduler: string
  /** The jobs by name, or the first of them. */
  readonly jobs: readonly string[]
  /** How many they are (default: as many as are named). */
  readonly count?: number
}

/** Where a command to several jobs takes effect, so that nobody commands the wrong scheduler, and which jobs it meets. */
export function Whom({ scheduler, jobs, count = jobs.length }: WhomProps) {
  const words = strings.jobs.bulk
  return (
    <KeyValue
      pairs={[
        [words.where, <Where key="where" scheduler={scheduler} />],
        [words.which, <Names key="which" jobs={jobs} count={count} />],
      ]}
    />
  )
}

function Where({ scheduler }: { readonly scheduler: string }) {
  const { environment, schedulers } = useApp().config
  return (
    <span class="cluster">
      {environment && <Badge tone={environment.tone}>{environment.name}</Badge>}
      {schedulers.find(({ key }) => key === scheduler)?.name ?? scheduler}
    </span>
  )
}

function Names({ jobs, count }: { readonly jobs: readonly string[]; readonly count: number }) {
  const shown = jobs.slice(0, SHOWN)
  const rest = count - shown.length
  return (
    <span>
      {shown.join(', ')}
      {rest > 0 && ` ${strings.jobs.bulk.more(rest)}`}
    </span>
  )
}

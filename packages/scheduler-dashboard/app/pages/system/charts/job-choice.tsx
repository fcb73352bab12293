import { useId, useState } from 'preact/hooks'

import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'

const MOST = 20

/** One job by its name, with those that match as they are typed; empty are all jobs. */
export function JobChoice({
  job,
  scheduler,
  onJob,
}: {
  readonly job: string
  readonly scheduler: string
  readonly onJob: (job: string) => void
}) {
  const id = useId()
  const words = strings.charts
  const [typed, setTyped] = useState(job)
  const wanted = typed.trim().toLowerCase()
  const found = useResource(
    `jobs ${wanted}`,
    (api) => api.admin.jobs({ limit: MOST, ...(wanted !== '' && { search: wanted.slice(0, 64) }) }),
    { scheduler },
  )
  const names = found.data?.items.map(({ name }) => name) ?? []

  function onInput(text: string): void {
    setTyped(text)
    if (text === '' || names.includes(text)) onJob(text)
  }

  return (
    <form
      class="cluster"
      onSubmit={(event) => {
        event.preventDefault()
        onJob(wanted)
      }}
    >
      <label class="sr-only" for={id}>
        {words.pick}
      </label>
      <div class="search">
        <input
          id={id}
          class="input"
          type="search"
          data-search
          list={`${id}-list`}
          placeholder={words.allJobs}
          autoComplete="off"
          spellcheck={false}
          value={typed}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
        {typed === '' && <kbd>/</kbd>}
      </div>
      <datalist id={`${id}-list`}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {job !== '' && (
        <Button
          tone="quiet"
          icon="close"
          onClick={() => {
            setTyped('')
            onJob('')
          }}
        >
          {words.allJobs}
        </Button>
      )}
    </form>
  )
}

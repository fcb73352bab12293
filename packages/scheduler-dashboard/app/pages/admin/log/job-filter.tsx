import { useId, useLayoutEffect, useState } from 'preact/hooks'

import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'

export interface JobFilterProps {
  readonly scheduler: string
  /** Empty for all jobs. */
  readonly job: string
  readonly onJob: (job: string) => void
}

/** The browser offers the names that match; a whole name is applied at once, any other with Enter. */
export function JobFilter({ scheduler, job, onJob }: JobFilterProps) {
  const id = useId()
  const words = strings.admin.log
  const [typed, setTyped] = useState(job)
  useLayoutEffect(() => setTyped(job), [job])
  const { data } = useResource(
    typed === '' ? null : `names ${typed}`,
    ({ admin }) => admin.jobs({ search: typed, limit: 8, fields: 'name' }),
    { scheduler },
  )
  const names = data?.items.map(({ name }) => name) ?? []
  return (
    <>
      <input
        class="input admin-log-job"
        type="search"
        aria-label={words.job}
        placeholder={words.anyJob}
        list={id}
        maxLength={64}
        autoComplete="off"
        spellcheck={false}
        value={typed}
        onInput={({ currentTarget: { value } }) => {
          setTyped(value)
          if (value === '' || names.includes(value)) onJob(value)
        }}
        onKeyDown={({ key, currentTarget: { value } }) => {
          if (key === 'Enter') onJob(value.trim())
        }}
      />
      <datalist id={id}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}

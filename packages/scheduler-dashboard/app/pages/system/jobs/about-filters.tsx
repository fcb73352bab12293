import { strings } from '../../../strings/index.ts'
import { Icon } from '../../../ui/icons.tsx'
import { SearchField } from '../../../ui/search-field.tsx'

/** Filters by what jobs say about themselves: one of some tags, and an owner that a link brought here. */
export function AboutFilters({
  tag,
  owner,
  onChange,
}: {
  readonly tag: string
  readonly owner: string
  readonly onChange: (change: { readonly tag?: string; readonly owner?: string }) => void
}) {
  const words = strings.jobs
  return (
    <>
      <SearchField
        label={words.tag}
        value={tag}
        isMain={false}
        onSearch={(typed) => onChange({ tag: toTags(typed) })}
      />
      {owner !== '' && (
        <button type="button" class="filter" aria-pressed="true" onClick={() => onChange({ owner: '' })}>
          {words.owner(owner)}
          <Icon name="close" />
          <span class="sr-only">{words.takeAway}</span>
        </button>
      )}
    </>
  )
}

/** Tags as people type them, in the form of the API: `nightly, Billing` is `nightly,billing`. */
export function toTags(typed: string): string {
  return typed
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((tag) => tag !== '')
    .join(',')
}

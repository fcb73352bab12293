import './resources.css'

export interface BarPart {
  readonly id: string
  readonly value: number
  /** A colour token. */
  readonly tone: 'accent' | 'ok' | 'late' | 'failed' | 'paused' | 'unknown'
}

/** Parts of a whole, from left to right; what is left is empty. `label` says it in words. */
export function Bar({
  label,
  parts,
  of,
  isTold = false,
}: {
  readonly label: string
  /** Whether the label stands below it, where no other text says it. */
  readonly isTold?: boolean
  readonly parts: readonly BarPart[]
  /** The whole. */
  readonly of: number
}) {
  let start = 0
  const bar = (
    <svg class="bar" role="img" aria-label={label} preserveAspectRatio="none" viewBox="0 0 100 10">
      <title>{label}</title>
      {of > 0 &&
        parts.map(({ id, value, tone }) => {
          const width = Math.max(0, Math.min(100 - start, (value / of) * 100))
          const x = start
          start += width
          return <rect key={id} data-tone={tone} x={x} y="0" width={width} height="10" />
        })}
    </svg>
  )
  if (!isTold) return bar
  return (
    <div class="bar-told">
      {bar}
      <p class="field-hint" aria-hidden="true">
        {label}
      </p>
    </div>
  )
}

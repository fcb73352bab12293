import { CopyButton } from '../../ui/copy-button.tsx'
import { Panel } from '../../ui/panel.tsx'

export interface JsonPanelProps {
  readonly title: string
  /** What the button says that copies it. */
  readonly copy: string
  readonly value: unknown
}

/** A value as JSON, to read and to copy. */
export function JsonPanel({ title, copy, value }: JsonPanelProps) {
  const text = JSON.stringify(value, null, 2)
  return (
    <Panel title={title} aside={<CopyButton text={text} label={copy} />}>
      <pre class="json-text">{text}</pre>
    </Panel>
  )
}

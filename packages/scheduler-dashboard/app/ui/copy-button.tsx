import { useState } from 'preact/hooks'

import { useApp } from '../app-context.ts'
import { strings } from '../strings/index.ts'
import { IconButton } from './button.tsx'

/** Copies a text; `label` says which. */
export function CopyButton({
  text,
  label = strings.kit.copy,
}: {
  readonly text: string | (() => string)
  readonly label?: string
}) {
  const { announcer } = useApp()
  const [isDone, setDone] = useState(false)

  async function copy(): Promise<void> {
    const isCopied = await write(typeof text === 'string' ? text : text())
    announcer.say(isCopied ? strings.kit.copied : strings.kit.notCopied)
    setDone(isCopied)
    window.setTimeout(() => setDone(false), 2_000)
  }

  return (
    <span class={isDone ? 'copy-done' : undefined}>
      <IconButton
        icon={isDone ? 'check' : 'copy'}
        label={isDone ? strings.kit.copied : label}
        onClick={() => void copy()}
      />
    </span>
  )
}

/** There is no clipboard where a page comes by plain http. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

import { useState } from 'preact/hooks'

import { useApp } from '../app-context.ts'
import { strings } from '../strings/index.ts'
import { Button, IconButton } from './button.tsx'

/** Copies a text; `label` says which, and is in sight when the button `isWide`. */
export function CopyButton({
  text,
  label = strings.kit.copy,
  isWide = false,
}: {
  readonly text: string | (() => string)
  readonly label?: string
  readonly isWide?: boolean
}) {
  const { announcer } = useApp()
  const [isDone, setDone] = useState(false)

  async function copy(): Promise<void> {
    const isCopied = await write(typeof text === 'string' ? text : text())
    announcer.say(isCopied ? strings.kit.copied : strings.kit.notCopied)
    setDone(isCopied)
    window.setTimeout(() => setDone(false), 2_000)
  }

  const icon = isDone ? 'check' : 'copy'
  const says = isDone ? strings.kit.copied : label
  return (
    <span class={isDone ? 'copy-done' : undefined}>
      {isWide ? (
        <Button icon={icon} onClick={() => void copy()}>
          {says}
        </Button>
      ) : (
        <IconButton icon={icon} label={says} onClick={() => void copy()} />
      )}
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

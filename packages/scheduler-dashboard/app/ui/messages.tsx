import type { ComponentChildren } from 'preact'

import { useApp } from '../app-context.ts'
import type { Failure } from '../data/failure.ts'
import { strings } from '../strings/index.ts'
import { Button } from './button.tsx'
import { Shape, type StateName } from './icons.tsx'

interface MessageProps {
  readonly state: StateName
  readonly title: string
  readonly text?: string
  readonly children?: ComponentChildren
}

function Message({ state, title, text, children }: MessageProps) {
  return (
    <div class="message" data-state={state}>
      <Shape state={state} />
      <h3>{title}</h3>
      {text && <p class="muted">{text}</p>}
      {children}
    </div>
  )
}

/** Nothing is there; `children` say what one can do about it. */
export function Empty({ title = strings.kit.empty, text, children }: Partial<Omit<MessageProps, 'state'>>) {
  return (
    <Message state="skipped" title={title} {...(text !== undefined && { text })}>
      {children}
    </Message>
  )
}

/** Bars in the place of what is loading, so that nothing jumps when it comes. */
export function Loading({ rows = 4 }: { readonly rows?: number }) {
  return (
    <div class="stack" role="status" aria-label={strings.kit.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} class="skeleton" style={{ width: `${90 - ((row * 17) % 40)}%` }} />
      ))}
    </div>
  )
}

export function ErrorState({ failure, onRetry }: { readonly failure: Failure; readonly onRetry?: () => void }) {
  return (
    <Message state="failed" title={strings.kit.error.title} text={failure.text}>
      {onRetry && (
        <Button icon="again" onClick={onRetry}>
          {strings.kit.error.retry}
        </Button>
      )}
    </Message>
  )
}

export function Forbidden() {
  return <Message state="unknown" {...strings.kit.forbidden} />
}

export function LoggedOut() {
  const { config } = useApp()
  const { title, text, logIn } = strings.kit.loggedOut
  return (
    <Message state="paused" title={title} text={text}>
      {config.loginUrl !== null && (
        <a class="button" data-tone="primary" href={config.loginUrl}>
          {logIn}
        </a>
      )}
    </Message>
  )
}

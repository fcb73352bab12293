import { useEffect } from 'preact/hooks'
import { Link } from 'wouter-preact'

import { useApp } from '../app-context.ts'
import type { CommandStep, Toast } from '../data/toast-store.ts'
import { useStore } from '../store.ts'
import { strings } from '../strings/index.ts'
import { IconButton } from './button.tsx'
import { Shape, type StateName } from './icons.tsx'

const STATES: Readonly<Record<CommandStep, StateName>> = {
  sending: 'running',
  accepted: 'running',
  applied: 'ok',
  unconfirmed: 'late',
  refused: 'failed',
}

/** What is done goes by itself; what needs an answer stays. */
const DONE_MS = 6_000

/** The messages of commands: one for each, that changes as the command goes on. */
export function Toasts() {
  const { toasts } = useApp()
  const all = useStore(toasts)
  return (
    <section class="toasts" aria-live="polite" aria-relevant="additions text">
      {all.map((toast) => (
        <ToastMessage key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function ToastMessage({ toast: { id, title, step, detail, link } }: { readonly toast: Toast }) {
  const { toasts } = useApp()
  useEffect(() => {
    if (step !== 'applied') return
    const timer = window.setTimeout(() => toasts.remove(id), DONE_MS)
    return () => window.clearTimeout(timer)
  }, [toasts, id, step, detail])
  return (
    <div class="toast" data-state={STATES[step]} data-step={step}>
      <Shape state={STATES[step]} />
      <div>
        <strong>{title}</strong>
        <div>{detail ?? strings.kit.command[step]}</div>
        {link && <Link href={link.href}>{link.label}</Link>}
      </div>
      <IconButton icon="close" label={strings.kit.close} onClick={() => toasts.remove(id)} />
    </div>
  )
}

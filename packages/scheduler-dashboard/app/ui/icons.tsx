import type { JSX } from 'preact'

/** The states that things are shown in; each is a shape and a colour. */
export type StateName =
  | 'ok'
  | 'running'
  | 'waiting'
  | 'late'
  | 'failed'
  | 'interrupted'
  | 'paused'
  | 'unknown'
  | 'skipped'

const SHAPES: Readonly<Record<StateName, JSX.Element>> = {
  ok: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  running: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.2" opacity="0.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 5.5 5.5" fill="none" stroke="currentColor" stroke-width="3" />
    </>
  ),
  waiting: <path d="M8 2a6 6 0 1 0 .01 0M8 4.5V8l2.5 2" fill="none" stroke="currentColor" stroke-width="1.8" />,
  late: <path d="M8 1.5 15 14.5H1z" fill="currentColor" />,
  failed: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="1" fill="currentColor" />
      <path d="m5 5 6 6m0-6-6 6" stroke="var(--panel)" stroke-width="1.8" />
    </>
  ),
  interrupted: <path d="M7 1.5v13L1 8zm2 0v13L15 8z" fill="currentColor" />,
  paused: <path d="M3.5 2.5h3v11h-3zm6 0h3v11h-3z" fill="currentColor" />,
  unknown: <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2" />,
  skipped: <path d="M2 8h12" stroke="currentColor" stroke-width="2.5" />,
}

/** The shape of a state, for the eye alone: its word stands beside it. */
export function Shape({ state }: { readonly state: StateName }) {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" data-state={state}>
      {SHAPES[state]}
    </svg>
  )
}

const ICONS = {
  close: 'm4 4 8 8m0-8-8 8',
  copy: 'M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z',
  check: 'm3 8.5 3.5 3.5L13 4.5',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  up: 'm3 10.5 5-5 5 5',
  down: 'm3 5.5 5 5 5-5',
  play: 'M4.5 3v10l8-5z',
  pause: 'M5.5 3v10m5-10v10',
  stop: 'M4 4h8v8H4z',
  again: 'M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3',
  help: 'M5.5 6a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7m0 2.5h.01',
  search: 'M11 11l3 3M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10z',
  link: 'M9 3h4v4m0-4L7 9M6.5 4H3v9h9V9.500',
} as const

export type IconName = keyof typeof ICONS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
    >
      <path d={ICONS[name]} stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}

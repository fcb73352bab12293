import { useLocation } from 'wouter-preact'

import { GoTo } from './go-to.tsx'

export interface Tab {
  readonly to: string
  readonly label: string
  /** The path below which the tab is the present one too, such as that of a row's own page. */
  readonly covers?: string
}

/** Parts of a page, each with an address of its own. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const [path] = useLocation()
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ to, label: text, covers = to }) => (
        <GoTo key={to} to={to} isCurrent={path === to || path.startsWith(`${covers}/`)}>
          {text}
        </GoTo>
      ))}
    </nav>
  )
}

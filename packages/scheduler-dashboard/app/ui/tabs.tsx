import { useLocation } from 'wouter-preact'

import { GoTo } from './go-to.tsx'

/** Parts of a page, each with an address of its own. */
export function Tabs({
  label,
  tabs,
}: {
  readonly label: string
  readonly tabs: readonly { readonly to: string; readonly label: string }[]
}) {
  const [path] = useLocation()
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ to, label: text }) => (
        <GoTo key={to} to={to} isCurrent={path === to}>
          {text}
        </GoTo>
      ))}
    </nav>
  )
}

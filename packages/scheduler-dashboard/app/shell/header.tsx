import { useLocation } from 'wouter-preact'

import { useApp } from '../app-context.ts'
import { forScheduler, type PageName, pagesOf, routes } from '../routes.ts'
import { useStore } from '../store.ts'
import { strings } from '../strings/index.ts'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/button.tsx'
import { GoTo, useSchedulerKey } from '../ui/go-to.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { LiveSign } from './live-sign.tsx'

/** What is on top of every page. */
export function Header({ onHelp }: { readonly onHelp: () => void }) {
  const { config } = useApp()
  const words = strings.shell
  return (
    <header class="shell-header">
      <div class="shell-row">
        <div class="shell-title">
          <span>{config.title}</span>
          {config.environment && <Badge tone={config.environment.tone}>{config.environment.name}</Badge>}
        </div>
        <Navigation />
        <SchedulerPicker />
        <div class="shell-tools">
          <LiveSign />
          <Choices />
          <Viewer />
          <IconButton icon="help" label={words.help.open} onClick={onHelp} />
        </div>
      </div>
    </header>
  )
}

const PATHS: Readonly<Record<PageName, string>> = {
  admin: routes.admin(),
  marketData: routes.marketData(),
  system: routes.system(),
}

function Navigation() {
  const { config } = useApp()
  const [path] = useLocation()
  return (
    <nav class="shell-nav" aria-label={strings.shell.navigation}>
      <ul>
        {pagesOf(config).map(({ page, label }) => (
          <li key={page}>
            <GoTo to={PATHS[page]} isCurrent={isWithin(path, PATHS[page])}>
              {label}
            </GoTo>
          </li>
        ))}
        {config.links.map(({ label, href }) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function isWithin(path: string, page: string): boolean {
  return path === page || (page !== '/' && path.startsWith(`${page}/`))
}

function SchedulerPicker() {
  const { config } = useApp()
  const key = useSchedulerKey()
  const [path, navigate] = useLocation()
  if (config.schedulers.length < 2) return null
  return (
    <select
      class="input"
      aria-label={strings.shell.scheduler}
      value={key}
      onChange={({ currentTarget }) => navigate(forScheduler(path, currentTarget.value, config))}
    >
      {config.schedulers.map((one) => (
        <option key={one.key} value={one.key}>
          {one.name}
        </option>
      ))}
    </select>
  )
}

function Choices() {
  const { preferences } = useApp()
  const theme = useStore(preferences.theme)
  const zone = useStore(preferences.zone)
  const words = strings.shell
  return (
    <>
      <Segmented
        label={words.zone.label}
        value={zone}
        onChange={preferences.zone.set}
        options={[
          { value: 'mine', label: words.zone.mine },
          { value: 'utc', label: words.zone.utc },
        ]}
      />
      <select
        class="input"
        aria-label={words.theme.label}
        value={theme}
        onChange={({ currentTarget: { value } }) =>
          preferences.theme.set(value === 'light' || value === 'dark' ? value : 'system')
        }
      >
        <option value="system">{words.theme.system}</option>
        <option value="light">{words.theme.light}</option>
        <option value="dark">{words.theme.dark}</option>
      </select>
    </>
  )
}

function Viewer() {
  const { viewer, logoutUrl } = useApp().config
  return (
    <span class="cluster muted" title={strings.shell.loggedInAs(viewer)}>
      <span>{viewer}</span>
      {logoutUrl !== null && <a href={logoutUrl}>{strings.shell.logOut}</a>}
    </span>
  )
}

import type { ComponentChildren } from 'preact'
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'

import { useApp } from '../app-context.ts'
import { pagesOf, routes } from '../routes.ts'
import { useStore } from '../store.ts'
import { strings } from '../strings/index.ts'
import { useTo } from '../ui/go-to.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { Header } from './header.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { StaleBar } from './stale-bar.tsx'
import { useKeys } from './use-keys.ts'

const LETTERS = { a: 'admin', m: 'marketData', s: 'system' } as const

/** The frame of every page: header, state of the data, content, messages, help. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const { hub, config } = useApp()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [, navigate] = useLocation()
  const to = useTo()
  const main = useFocusAfterNavigation()

  useKeys({
    help: () => setHelpOpen(true),
    pause: () => hub.setPaused(!hub.isPaused),
    go(letter) {
      const page = Object.entries(LETTERS).find(([known]) => known === letter)?.[1]
      if (page && pagesOf(config).some((one) => one.page === page)) navigate(to(routes[page]()))
    },
  })

  return (
    <>
      <button type="button" class="skip-link" onClick={() => main.current?.focus()}>
        {strings.shell.skip}
      </button>
      <Header onHelp={useCallback(() => setHelpOpen(true), [])} />
      <StaleBar />
      <main ref={main} id="main" class="shell-main" tabIndex={-1}>
        {children}
      </main>
      <Toasts />
      <Announcements />
      {isHelpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
    </>
  )
}

/** Another page begins at its content, for those who do not see that it changed. */
function useFocusAfterNavigation() {
  const main = useRef<HTMLElement>(null)
  const [path] = useLocation()
  const before = useRef(path)
  useLayoutEffect(() => {
    if (before.current === path) return
    before.current = path
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [path])
  return main
}

function Announcements() {
  const { announcer } = useApp()
  return (
    <p class="sr-only" role="status" aria-live="polite">
      {useStore(announcer)}
    </p>
  )
}

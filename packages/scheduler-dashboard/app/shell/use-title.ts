import { useEffect } from 'preact/hooks'

import { useApp } from '../app-context.ts'

/** The title of the document: what is shown, then the environment and the host's title. */
export function useTitle(page: string): void {
  const { title, environment } = useApp().config
  useEffect(() => {
    document.title = [page, environment?.name, title].filter(Boolean).join(' · ')
  }, [page, title, environment])
}

import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { toFailure } from '../data/failure.ts'
import { ErrorState, Loading } from '../ui/messages.tsx'

/** A component whose code is loaded when it is shown first. */
export function lazy(load: () => Promise<ComponentType>): ComponentType {
  return function Lazy() {
    const [Loaded, setLoaded] = useState<ComponentType | null>(null)
    const [error, setError] = useState<unknown>(null)
    useEffect(() => {
      let isHere = true
      load().then(
        (component) => isHere && setLoaded(() => component),
        (reason) => isHere && setError(reason),
      )
      return () => {
        isHere = false
      }
    }, [])
    // After a deployment the old code is gone: a fresh page has the new one.
    if (error !== null) return <ErrorState failure={toFailure(error)} onRetry={() => window.location.reload()} />
    return Loaded ? <Loaded /> : <Loading rows={6} />
  }
}

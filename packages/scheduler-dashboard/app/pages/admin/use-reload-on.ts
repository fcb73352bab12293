import { useEffect, useRef } from 'preact/hooks'

/** Reads something anew when what it depends on has changed, and not with every frame of the stream. */
export function useReloadOn(signature: string, reload: () => void): void {
  const before = useRef(signature)
  useEffect(() => {
    if (before.current === signature) return
    before.current = signature
    reload()
  }, [signature, reload])
}

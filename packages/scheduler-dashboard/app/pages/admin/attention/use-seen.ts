import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

/** What is half a window away is read already. */
const AHEAD = '50%'

/** Whether an element has come into view, or near it; once it has, that stays. */
export function useSeen<E extends Element>(): { readonly ref: RefObject<E>; readonly isSeen: boolean } {
  const ref = useRef<E>(null)
  const [isSeen, setSeen] = useState(false)
  useEffect(() => {
    const { current } = ref
    if (!current || isSeen) return
    const see = (entries: readonly IntersectionObserverEntry[]) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true)
    }
    const observer = new IntersectionObserver(see, { rootMargin: AHEAD })
    observer.observe(current)
    return () => observer.disconnect()
  }, [isSeen])
  return { ref, isSeen }
}

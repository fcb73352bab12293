import { useApp } from '../app-context.ts'
import { useStore } from '../store.ts'
import type { Zone } from './instants.ts'

/** The zone that the viewer wants to read times in. */
export function useZone(): Zone {
  const { preferences } = useApp()
  return useStore(preferences.zone) === 'utc' ? 'UTC' : undefined
}

import { createStore, type Store } from '../store.ts'

export type Theme = 'system' | 'light' | 'dark'
export type ZoneChoice = 'mine' | 'utc'

/** What a viewer chose, remembered in this browser. */
export interface Preferences {
  readonly theme: Store<Theme>
  readonly zone: Store<ZoneChoice>
}

const THEMES: readonly Theme[] = ['system', 'light', 'dark']
const ZONES: readonly ZoneChoice[] = ['mine', 'utc']

export function createPreferences(): Preferences {
  const theme = remembered('scheduler-theme', THEMES)
  const zone = remembered('scheduler-zone', ZONES)
  const apply = () => applyTheme(theme.get())
  theme.subscribe(apply)
  apply()
  return { theme, zone }
}

function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
}

/** A store whose value outlives the page, where the browser lets it. The first word is the default. */
function remembered<W extends string>(name: string, words: readonly W[]): Store<W> {
  const store = createStore<W>(words.find((word) => word === read(name)) ?? (words[0] as W))
  store.subscribe(() => write(name, store.get()))
  return store
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that stores nothing: the choice lasts as long as the page.
  }
}

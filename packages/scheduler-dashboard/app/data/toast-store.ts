import { createStore, type Store } from '../store.ts'

/** How far a command has come. `changed`: what it began goes on, such as a run that was claimed. */
export type CommandStep = 'sending' | 'accepted' | 'applied' | 'unconfirmed' | 'refused'

/** The one message of a command, which changes as the command goes on. */
export interface Toast {
  readonly id: string
  readonly title: string
  readonly step: CommandStep
  /** What to say instead of the step's own word. */
  readonly detail: string | null
  readonly link: { readonly label: string; readonly href: string } | null
}

export interface ToastStore extends Pick<Store<readonly Toast[]>, 'get' | 'subscribe'> {
  /** Adds the toast, or changes the one of this id. One that was removed comes back only when it is sent anew. */
  put(toast: Toast): void
  remove(id: string): void
}

/** The oldest go when there are more. */
const MOST = 5

export function createToastStore(): ToastStore {
  const store = createStore<readonly Toast[]>([])
  const removed = new Set<string>()
  return {
    ...store,
    put(toast) {
      if (toast.step === 'sending') removed.delete(toast.id)
      if (removed.has(toast.id)) return
      const others = store.get()
      const isKnown = others.some(({ id }) => id === toast.id)
      store.set(isKnown ? others.map((one) => (one.id === toast.id ? toast : one)) : [...others, toast].slice(-MOST))
    },
    remove(id) {
      removed.add(id)
      store.set(store.get().filter((toast) => toast.id !== id))
    },
  }
}

import type { Store } from '@pm/scheduler-core/store'

export type StoreMethod = Exclude<keyof Store<unknown>, 'capabilities'>

/** The methods of the port; a missing or an unknown one does not compile. */
const METHODS = {
  register: true,
  lockJobs: true,
  record: true,
  renew: true,
  settle: true,
  lockExpired: true,
  readControl: true,
  applyCommand: true,
  readMeasures: true,
  listEntries: true,
  listLog: true,
  prune: true,
} satisfies Record<StoreMethod, true>

export const STORE_METHODS: readonly StoreMethod[] = Object.keys(METHODS).filter(isStoreMethod)

/** Called instead of a method of the store; calls it itself. */
export type AroundCall = <T>(method: StoreMethod, call: () => Promise<T>) => Promise<T>

/** The same store, with `around` put around every method. */
export function wrapStore<S>(store: Store<S>, around: AroundCall): Store<S> {
  return {
    capabilities: store.capabilities,
    register: (session, input) => around('register', () => store.register(session, input)),
    lockJobs: (session, input) => around('lockJobs', () => store.lockJobs(session, input)),
    record: (session, input) => around('record', () => store.record(session, input)),
    renew: (session, input) => around('renew', () => store.renew(session, input)),
    settle: (session, input) => around('settle', () => store.settle(session, input)),
    lockExpired: (session, input) => around('lockExpired', () => store.lockExpired(session, input)),
    readControl: (session, input) => around('readControl', () => store.readControl(session, input)),
    applyCommand: (session, input) => around('applyCommand', () => store.applyCommand(session, input)),
    readMeasures: (session, input) => around('readMeasures', () => store.readMeasures(session, input)),
    listEntries: (session, query) => around('listEntries', () => store.listEntries(session, query)),
    listLog: (session, query) => around('listLog', () => store.listLog(session, query)),
    prune: (session, input) => around('prune', () => store.prune(session, input)),
  }
}

function isStoreMethod(name: string): name is StoreMethod {
  return Object.hasOwn(METHODS, name)
}

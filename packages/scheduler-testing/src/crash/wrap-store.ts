import type { Store } from '@pm/scheduler-core/store'

export type StoreMethod = Exclude<keyof Store<unknown>, 'capabilities'>

/** The methods of the port; a missing or an unknown one does not compile. */
const METHODS = {
  register: true,
  readRenamed: true,
  readInstances: true,
  readOutdated: true,
  readStandings: true,
  define: true,
  readDefinitions: true,
  lockJobs: true,
  record: true,
  renew: true,
  settle: true,
  lockExpired: true,
  release: true,
  lockReleased: true,
  takeUp: true,
  takeOver: true,
  handOverAgain: true,
  forgetJob: true,
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
    readRenamed: (session, input) => around('readRenamed', () => store.readRenamed(session, input)),
    readInstances: (session, input) => around('readInstances', () => store.readInstances(session, input)),
    readOutdated: (session, input) => around('readOutdated', () => store.readOutdated(session, input)),
    readStandings: (session, input) => around('readStandings', () => store.readStandings(session, input)),
    define: (session, input) => around('define', () => store.define(session, input)),
    readDefinitions: (session, input) => around('readDefinitions', () => store.readDefinitions(session, input)),
    lockJobs: (session, input) => around('lockJobs', () => store.lockJobs(session, input)),
    record: (session, input) => around('record', () => store.record(session, input)),
    renew: (session, input) => around('renew', () => store.renew(session, input)),
    settle: (session, input) => around('settle', () => store.settle(session, input)),
    lockExpired: (session, input) => around('lockExpired', () => store.lockExpired(session, input)),
    release: (session, input) => around('release', () => store.release(session, input)),
    lockReleased: (session, input) => around('lockReleased', () => store.lockReleased(session, input)),
    takeUp: (session, input) => around('takeUp', () => store.takeUp(session, input)),
    takeOver: (session, input) => around('takeOver', () => store.takeOver(session, input)),
    handOverAgain: (session, input) => around('handOverAgain', () => store.handOverAgain(session, input)),
    forgetJob: (session, input) => around('forgetJob', () => store.forgetJob(session, input)),
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

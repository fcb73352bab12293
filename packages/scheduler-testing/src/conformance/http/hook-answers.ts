import { OWN_JOBS } from './walk-scene.ts'

const ADA = { name: 'ada' }

/** What `authorize` may answer, by mistake or by a bug, that is no permission. */
export const HOOK_ANSWERS: readonly (readonly [what: string, hook: () => unknown])[] = [
  ['throws', fail],
  ['rejects', async () => fail()],
  ['answers nothing', () => undefined],
  ['answers true', () => true],
  ['resolves with null', async () => null],
  ['answers a truthy word', () => ({ allow: 'yes', principal: ADA })],
  ['allows nobody in particular', () => ({ allow: true })],
  ['allows a nameless one', () => named('')],
  ['allows a name with a line end', () => named('ada\nbob')],
  ['allows a name that turns text', () => named('ada\u202ebob')],
  ['allows a name without an end', () => named('a'.repeat(201))],
  ['allows a name between blanks', () => named(' ada')],
  ['allows a name that is a number', () => named(7)],
  ['has not found the jobs', () => ({ allow: true, principal: ADA, jobs: undefined })],
  ['names jobs by something else', () => ({ allow: true, principal: ADA, jobs: [...OWN_JOBS, 1] })],
  ['answers a verdict that throws when it is read', () => throwingAt('allow')],
  ['answers a verdict whose principal throws', () => throwingAt('principal')],
  ['answers a verdict whose jobs throw', () => throwingAt('jobs')],
  ['resolves with a verdict that throws', async () => throwingAt('allow')],
  ['names somebody else at every look', namedAnew],
  ['has not awaited whether it allows', () => ({ allow: rejected(), principal: ADA })],
  ['has not awaited the principal', () => ({ allow: true, principal: rejected() })],
  ['has not awaited the jobs', () => ({ allow: true, principal: ADA, jobs: rejected() })],
  ['names a revoked list of jobs', () => ({ allow: true, principal: ADA, jobs: revoked() })],
  ['answers something revoked', revoked],
  ['answers a promise that cannot be awaited', () => Object.defineProperty({}, 'then', { get: fail })],
]

function fail(): never {
  throw new Error('the directory is down')
}

function named(name: unknown): object {
  return { allow: true, principal: { name } }
}

/** What an asynchronous look-up returns that fails: a rejection that nobody handles would end the process. */
async function rejected(): Promise<never> {
  return fail()
}

/** Throws at every look. */
function revoked(): object {
  const { proxy, revoke } = Proxy.revocable([...OWN_JOBS], {})
  revoke()
  return proxy
}

/** A verdict that would let in whoever reads the rest of it. */
function throwingAt(property: string): object {
  return Object.defineProperty(named('ada'), property, { enumerable: true, get: fail })
}

/** Its first name is none. */
function namedAnew(): object {
  const names = ['', 'ada']
  const principal = {
    get name() {
      return names.shift()
    },
  }
  return { allow: true, principal }
}

import { describe, expect, it, vi } from 'vitest'

import { createMemoryBackend } from '../memory/create-memory-backend.ts'
import type { SessionProvider } from '../ports/session-provider.ts'
import { guardSessions, type SessionLeak } from './guard-sessions.ts'

describe('guarded sessions', () => {
  it('name the service that kept its first session', async () => {
    const database = createDatabase(['run 1', 'run 2'])
    const leaks: SessionLeak[] = []
    const sessions = guardSessions(database, { onLeak: (leak) => leaks.push(leak) })

    class StatusService {
      static #shared: StatusService | undefined
      readonly #session: Session
      constructor(session: Session) {
        this.#session = session
      }
      static of(session: Session): StatusService {
        StatusService.#shared ??= new StatusService(session)
        return StatusService.#shared
      }
      async totalRuns(): Promise<number> {
        try {
          return (await this.#session.query()).length
        } catch (error) {
          if (error instanceof TypeError) return 0
          throw error
        }
      }
    }
    const request = () => sessions.withSession((s) => StatusService.of(s).totalRuns(), { unit: 'GET /status' })

    expect(await request()).toBe(2)
    await expect(request()).rejects.toMatchObject({
      code: 'SESSION_CLOSED',
      details: { unit: 'GET /status' },
      message: expect.stringContaining('"GET /status"'),
    })
    expect(leaks).toHaveLength(1)
    expect(leaks[0]?.usedAt).toContain('totalRuns')
    expect(leaks[0]?.openedAt).toContain('request')
  })

  it('refuse the session that a provider hands out for the second time, and run no work on it', async () => {
    const only = new Session(['run 1'])
    const sessions = guardSessions({ withSession: async (work) => work(only) })
    await sessions.withSession(async () => {}, { unit: 'first request' })
    const work = vi.fn()
    await expect(sessions.withSession(work, { unit: 'second request' })).rejects.toMatchObject({
      code: 'SESSION_REUSED',
      details: { unit: 'second request', firstUnit: 'first request' },
    })
    expect(work).not.toHaveBeenCalled()
    expect(sessions.stats()).toEqual({ opened: 1, closed: 1, open: 0 })
  })

  it('work on classes with private fields, also through detached and inherited methods and getters', async () => {
    const sessions = guardSessions(createDatabase(['run 1', 'run 2']))
    await sessions.withSession(async (session) => {
      expect(await session.query()).toEqual(['run 1', 'run 2'])
      expect(session.size).toBe(2)
      expect(session).toBeInstanceOf(Session)
      expect(session.constructor).toBe(Session)
      expect(session.query).toBe(session.query)
      expect(session.self()).toBe(session)
      session.label = 'mine'
      expect(session.label).toBe('mine')
      expect('label' in session).toBe(true)
      expect(Object.keys(session)).toContain('label')
    })
  })

  it('guard only objects that belong to the session', async () => {
    const sessions = guardSessions(createDatabase(['run 1']))
    const kept = await sessions.withSession(async (session) => ({
      repository: session.getRepository(),
      builder: session.getRepository().createQueryBuilder().where('x'),
      runner: session.runner,
      find: session.getRepository().find,
      inCallback: session.transaction((inner) => inner),
      entity: session.create('AAPL'),
      rows: await session.query(),
      pool: session.pool,
    }))

    expect(kept.entity.symbol).toBe('AAPL')
    expect(kept.rows).toEqual(['run 1'])
    expect(kept.pool.connections).toBe(1)
    const uses: Record<string, () => unknown> = {
      repository: () => kept.repository.find(),
      builder: () => kept.builder.getMany(),
      runner: () => kept.runner.release(),
      'detached method': () => kept.find.call(kept.repository),
      'callback argument': () => kept.inCallback.query(),
    }
    for (const [what, use] of Object.entries(uses)) {
      expect(use, what).toThrow(expect.objectContaining({ code: 'SESSION_CLOSED' }))
    }
  })

  it.each<[string, (session: Session) => unknown]>([
    ['reading a field', (session) => session.label],
    ['reading a getter', (session) => session.size],
    ['calling a method', (session) => session.query()],
    ['writing', (session) => (session.label = 'x')],
    ['asking for a key', (session) => 'label' in session],
    ['listing', (session) => Object.keys(session)],
    ['spreading', (session) => ({ ...session })],
    ['deleting', (session) => Reflect.deleteProperty(session, 'label')],
    ['defining', (session) => Object.defineProperty(session, 'x', { value: 1 })],
    ['asking for its class', (session) => session instanceof Session],
    ['writing it as JSON', (session) => JSON.stringify(session)],
  ])('throw after the unit on %s', async (_, use) => {
    const sessions = guardSessions(createDatabase([]))
    const [kept] = await sessions.withSession(async (session) => [session])
    expect(() => kept && use(kept)).toThrow(expect.objectContaining({ code: 'SESSION_CLOSED' }))
  })

  it('guard functions as sessions, as some query builders have them', async () => {
    const transaction = () => Object.assign((table: string) => `select * from ${table}`, { isTransaction: true })
    const sessions = guardSessions<ReturnType<typeof transaction>>({ withSession: async (work) => work(transaction()) })
    const [kept] = await sessions.withSession(async (query) => {
      expect(query('runs')).toBe('select * from runs')
      expect(query.isTransaction).toBe(true)
      return [query]
    })
    expect(() => kept?.('runs')).toThrow(expect.objectContaining({ code: 'SESSION_CLOSED' }))
  })

  it('guard frozen sessions', async () => {
    const frozen = () => Object.freeze({ query: async () => ['row'], nested: Object.freeze({}) })
    const sessions = guardSessions<ReturnType<typeof frozen>>({ withSession: async (work) => work(frozen()) })
    const [kept] = await sessions.withSession(async (session) => {
      expect(await session.query()).toEqual(['row'])
      return [session]
    })
    expect(() => kept?.query()).toThrow(expect.objectContaining({ code: 'SESSION_CLOSED' }))
  })

  it('end with the work, before the commit, also when the work fails', async () => {
    let kept: Session | undefined
    const usedInCommit: unknown[] = []
    const sessions = guardSessions<Session>({
      async withSession(work) {
        try {
          return await work(new Session([]))
        } finally {
          try {
            void kept?.query()
          } catch (error) {
            usedInCommit.push(error)
          }
        }
      },
    })
    const failing = sessions.withSession(async (session) => {
      kept = session
      throw new Error('the work failed')
    })
    await expect(failing).rejects.toThrow('the work failed')
    expect(usedInCommit).toMatchObject([{ code: 'SESSION_CLOSED' }])
    expect(sessions.stats()).toEqual({ opened: 1, closed: 1, open: 0 })
  })

  it('let work resolve with its session, which is then closed', async () => {
    const sessions = guardSessions(createDatabase([]))
    const kept = await sessions.withSession(async (session) => session)
    expect(() => kept.size).toThrow(expect.objectContaining({ code: 'SESSION_CLOSED' }))
  })

  it('count every unit and say which are open, and for how long', async () => {
    const clock = { now: () => 0, monotonic: () => time, setTimer: () => ({ cancel() {} }) }
    let time = 100
    const sessions = guardSessions(createDatabase([]), { clock })
    const release = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const slow = sessions.withSession(
      async () => {
        begun.resolve()
        await release.promise
      },
      { unit: 'slow handler' },
    )
    await begun.promise
    time = 5_000
    await sessions.withSession(async () => {}, { unit: 'quick' })
    await expect(sessions.withSession(() => Promise.reject(new Error('no')))).rejects.toThrow('no')

    expect(sessions.stats()).toEqual({ opened: 3, closed: 2, open: 1 })
    expect(sessions.openSessions()).toEqual([{ unit: 'slow handler', job: null, sinceMs: 4_900 }])
    expect(sessions.longestOpenMs()).toBe(4_900)
    release.resolve()
    await slow
    expect(sessions.stats()).toEqual({ opened: 3, closed: 3, open: 0 })
    expect(sessions.openSessions()).toEqual([])
    expect(sessions.longestOpenMs()).toBeNull()
  })

  it('stay distinct over ten thousand units, none open before the first or after the last', async () => {
    const sessions = guardSessions(createDatabase(['run 1']))
    expect(sessions.stats()).toEqual({ opened: 0, closed: 0, open: 0 })
    for (let unit = 0; unit < 10_000; unit++) await sessions.withSession((session) => session.query())
    expect(sessions.stats()).toEqual({ opened: 10_000, closed: 10_000, open: 0 })
  })

  it('count no unit that was never given a session', async () => {
    const sessions = guardSessions<Session>({ withSession: () => Promise.reject(new Error('no connection')) })
    await expect(sessions.withSession(async () => {})).rejects.toThrow('no connection')
    expect(sessions.stats()).toEqual({ opened: 0, closed: 0, open: 0 })
  })

  it('reach the memory store through the guard', async () => {
    const { sessions: unguarded, store } = createMemoryBackend()
    const sessions = guardSessions(unguarded)
    await sessions.withSession((s) => store.register(s, { scheduler: 'x', now: 1, jobs: [] }))
    const [kept] = await sessions.withSession(async (session) => [session])
    await expect(sessions.withSession((s) => store.readControl(s, { scheduler: 'x' }))).resolves.toMatchObject({
      at: 1,
    })
    if (kept) {
      await expect((async () => store.readControl(kept, { scheduler: 'x' }))()).rejects.toMatchObject({
        code: 'SESSION_CLOSED',
      })
    }
  })
})

/** A database of rows whose sessions look like an ORM's: private state, repositories, builders, a runner, a pool. */
function createDatabase(rows: readonly string[]): SessionProvider<Session> {
  return { withSession: async (work) => work(new Session(rows)) }
}

class Session {
  readonly #rows: readonly string[]
  label = ''
  readonly pool = { connections: 1 }
  readonly runner: Runner
  constructor(rows: readonly string[]) {
    this.#rows = rows
    this.runner = new Runner(this)
  }
  get size(): number {
    return this.#rows.length
  }
  async query(): Promise<readonly string[]> {
    return this.#rows
  }
  self(): this {
    return this
  }
  create(symbol: string): Quote {
    return new Quote(symbol)
  }
  getRepository(): Repository {
    return new Repository(this)
  }
  transaction<T>(work: (session: Session) => T): T {
    return work(this)
  }
}

class Quote {
  readonly symbol: string
  constructor(symbol: string) {
    this.symbol = symbol
  }
}

class Runner {
  readonly manager: Session
  constructor(manager: Session) {
    this.manager = manager
  }
  release(): string {
    return `released ${this.manager.size}`
  }
}

class Repository {
  readonly manager: Session
  constructor(manager: Session) {
    this.manager = manager
  }
  find(): Promise<readonly string[]> {
    return this.manager.query()
  }
  createQueryBuilder(): Builder {
    return new Builder(this.manager.runner)
  }
}

class Builder {
  readonly #conditions: string[] = []
  readonly queryRunner: Runner
  constructor(queryRunner: Runner) {
    this.queryRunner = queryRunner
  }
  where(condition: string): this {
    this.#conditions.push(condition)
    return this
  }
  getMany(): Promise<readonly string[]> {
    return this.queryRunner.manager.query()
  }
}

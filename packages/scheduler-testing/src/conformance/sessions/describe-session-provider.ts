import { describe, expect, it, onTestFinished } from 'vitest'

import type { CreateSessionHarness, SessionHarness } from './harness.ts'

/**
 * The conformance suite of the `SessionProvider` port, for any session type. Call it at the top of a vitest file;
 * it makes a fresh harness for every test and closes it afterwards.
 */
export function describeSessionProvider<S>(name: string, createHarness: CreateSessionHarness<S>): void {
  async function open(): Promise<SessionHarness<S>> {
    const harness = await createHarness()
    onTestFinished(() => harness.close())
    return harness
  }

  describe(`session provider: ${name}`, () => {
    it('commits when the work resolves, and answers what it resolved with', async () => {
      const { sessions, write, read } = await open()
      const answer = await sessions.withSession(async (session) => {
        await write(session, 'kept')
        return 42
      })
      expect(answer).toBe(42)
      expect(await sessions.withSession(read)).toEqual(['kept'])
    })

    it('rolls back when the work rejects, and rejects with the very same thing', async () => {
      const { sessions, write, read } = await open()
      for (const thrown of [new Error('no'), { not: 'an error' }, null, undefined, 'text']) {
        const unit = sessions.withSession(async (session) => {
          await write(session, 'lost')
          throw thrown
        })
        const caught = await unit.then(
          () => 'resolved',
          (reason: unknown) => ({ reason }),
        )
        expect(caught).toEqual({ reason: thrown })
      }
      expect(await sessions.withSession(read)).toEqual([])
    })

    it('rolls back and rejects also when the work throws before it makes a promise', async () => {
      const { sessions, read } = await open()
      const unit = sessions.withSession(() => {
        throw new Error('at once')
      })
      await expect(unit).rejects.toThrow('at once')
      expect(await sessions.withSession(read)).toEqual([])
    })

    it('hands out a session of its own to every unit, one after the other and at once', async () => {
      const { sessions, concurrentUnits = 8 } = await open()
      const seen = new Set<S>()
      for (let unit = 0; unit < 20; unit++) await sessions.withSession(async (session) => void seen.add(session))
      const many = Array.from({ length: 20 }, () => sessions.withSession(async (session) => void seen.add(session)))
      await Promise.all(many)
      expect(seen.size).toBe(40)
      expect(concurrentUnits).toBeGreaterThanOrEqual(1)
    })

    it('keeps what one unit wrote from the others until it commits', async (context) => {
      const { sessions, write, read, concurrentUnits = 2 } = await open()
      if (concurrentUnits < 2) context.skip('needs 2 units of work at once, this provider has 1')
      await sessions.withSession(async (session) => {
        await write(session, 'mine')
        expect(await read(session)).toEqual(['mine'])
        expect(await sessions.withSession(read, { readOnly: true })).toEqual([])
      })
      expect(await sessions.withSession(read)).toEqual(['mine'])
    })

    it('refuses to write in a read-only unit', async () => {
      const { sessions, write, read } = await open()
      const unit = sessions.withSession((session) => write(session, 'sneaky'), { readOnly: true })
      await expect(unit).rejects.toThrow()
      expect(await sessions.withSession(read, { readOnly: true })).toEqual([])
    })

    it('shows a read-only unit one state throughout', async (context) => {
      const { sessions, write, read, concurrentUnits = 2 } = await open()
      if (concurrentUnits < 2) context.skip('needs 2 units of work at once, this provider has 1')
      await sessions.withSession(
        async (session) => {
          const before = await read(session)
          await sessions.withSession((other) => write(other, 'later'))
          expect(await read(session)).toEqual(before)
        },
        { readOnly: true },
      )
      expect(await sessions.withSession(read)).toEqual(['later'])
    })

    it('gives every session back, whatever becomes of the unit', async () => {
      const { sessions, write, read, busyConnections } = await open()
      const fates = [
        (session: S) => write(session, 'a'),
        () => Promise.reject(new Error('no')),
        (): Promise<void> => {
          throw new Error('at once')
        },
      ]
      for (let round = 0; round < 30; round++) {
        const fate = fates[round % fates.length]
        if (fate) await sessions.withSession(fate).catch(() => {})
      }
      expect(busyConnections?.() ?? 0).toBe(0)
      expect((await sessions.withSession(read)).length).toBeGreaterThan(0)
    })

    it('does not begin a unit whose signal is already aborted, and rejects with its reason', async () => {
      const { sessions, busyConnections } = await open()
      const reason = new Error('not wanted any more')
      let began = false
      const unit = sessions.withSession(
        async () => {
          began = true
        },
        { signal: AbortSignal.abort(reason) },
      )
      await expect(unit).rejects.toBe(reason)
      expect(began).toBe(false)
      expect(busyConnections?.() ?? 0).toBe(0)
    })

    it('lets a unit that has begun run to its end, also when its signal aborts', async () => {
      const { sessions, write, read } = await open()
      const abort = new AbortController()
      await sessions.withSession(
        async (session) => {
          abort.abort()
          await write(session, 'done')
        },
        { signal: abort.signal },
      )
      expect(await sessions.withSession(read)).toEqual(['done'])
    })

    it("breaks off a read of the scheduler's own when its signal aborts, with the reason, and goes on", async () => {
      const { sessions, write, read, busyConnections } = await open()
      await sessions.withSession((session) => write(session, 'kept'))
      const reason = new Error('not wanted any more')
      for (const abortAfter of [0, 1, 2]) {
        const abort = new AbortController()
        let reads = 0
        const unit = sessions.withSession(
          async (session) => {
            for (; ; reads++) {
              if (reads === abortAfter) abort.abort(reason)
              await read(session)
            }
          },
          { readOnly: true, isOwn: true, signal: abort.signal },
        )
        await expect(unit).rejects.toBe(reason)
        expect(reads).toBe(abortAfter)
        expect(busyConnections?.() ?? 0).toBe(0)
        expect(await sessions.withSession(read, { readOnly: true, isOwn: true })).toEqual(['kept'])
      }
    })

    it('fails a session that is used after its unit', async () => {
      const { sessions, read, use = read } = await open()
      const [kept] = await sessions.withSession(async (session) => [session])
      if (kept === undefined) throw new Error('The unit was given no session.')
      await expect((async () => use(kept))()).rejects.toThrow()
    })
  })
}

import { type CommandReceipt, receiptId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { MINUTE, type Scene, type Stage, T0 } from '../harness/scene.ts'

export function keepingReceipts<S>(stage: Stage<S>): void {
  describe('receipts', () => {
    it('are kept and given back as they were written, in the order of their fields', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const receipt = receiptOf(scene, { answer: { z: 1, a: [{ y: null, b: 'ö "x"' }], 10: true, 9: false } })
      expect(await find(scene, receipt)).toBeNull()
      await keep(scene, receipt)
      const found = await find(scene, receipt)
      expect(found).toEqual(receipt)
      expect(JSON.stringify(found?.answer)).toBe(JSON.stringify(receipt.answer))
      const other = scene.beside('other')
      await other.register(['poll'])
      expect(await find(other, receipt)).toBeNull()
    })

    it('are not there for who does not ask', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      await keep(scene, receiptOf(scene))
      expect((await scene.lock('poll')).receipt).toBeNull()
    })

    it('stay as they are when they are written again', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const receipt = receiptOf(scene)
      await keep(scene, receipt)
      await keep(scene, { ...receipt, answer: { second: true } })
      expect(await find(scene, receipt)).toEqual(receipt)
    })

    it('are gone with the unit that fails, as the effect is', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const receipt = receiptOf(scene)
      const { scheduler, store } = scene
      const failed = scene.unit(async (session) => {
        await store.lockJobs(session, { scheduler, jobs: [], forCommand: true, receipt: receipt.id })
        await store.applyCommand(session, { scheduler, now: T0, command: { kind: 'stop', by: 'ada', why: null } })
        await store.record(session, { scheduler, changes: [], receipt })
        throw new Error('no')
      })
      await expect(failed).rejects.toThrow('no')
      expect(await find(scene, receipt)).toBeNull()
      expect(await scene.control()).toMatchObject({ version: 0, desired: 'running' })
    })

    it('let one of many through that come with the same key at once', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const { scheduler, store } = scene
      const receipt = receiptOf(scene)
      const once = () =>
        scene.unit(async (session) => {
          const locked = await store.lockJobs(session, {
            scheduler,
            jobs: ['poll'],
            forCommand: true,
            receipt: receipt.id,
          })
          if (locked.receipt) return 'replayed'
          await store.applyCommand(session, { scheduler, now: T0, command: { kind: 'stop', by: 'ada', why: null } })
          await store.record(session, { scheduler, changes: [], receipt })
          return 'done'
        })
      const outcomes = await Promise.all(Array.from({ length: 8 }, once))
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
      expect((await scene.control())?.version).toBe(1)
    })

    it('are deleted when they are old enough, and no other with them', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const old = receiptOf(scene, { key: 'old' })
      const young = receiptOf(scene, { key: 'young', at: T0 + MINUTE })
      for (const receipt of [old, young]) await keep(scene, receipt)
      const { scheduler, store } = scene
      const input = {
        scheduler,
        now: T0 + MINUTE,
        before: T0,
        keepBucketsAfter: T0,
        keepReceiptsAfter: T0 + MINUTE,
        limit: 1,
      }
      await scene.unit((s) => store.prune(s, input))
      expect(await find(scene, old)).toBeNull()
      expect(await find(scene, young)).toEqual(young)
    })
  })
}

function receiptOf<S>(
  { scheduler }: Scene<S>,
  { key = 'k', at = T0, answer = { changed: true } }: { key?: string; at?: number; answer?: unknown } = {},
): CommandReceipt {
  const id = receiptId({ scheduler, by: 'ada', key })
  return { id, fingerprint: '7f0ac9a2-8b2e-5d52-9a6f-0c1d3f8e7b61', answer, at }
}

async function keep<S>(scene: Scene<S>, receipt: CommandReceipt): Promise<void> {
  const { scheduler, store } = scene
  await scene.unit((s) => store.record(s, { scheduler, changes: [], receipt }))
}

async function find<S>(scene: Scene<S>, { id }: CommandReceipt): Promise<CommandReceipt | null> {
  const { scheduler, store } = scene
  const input = { scheduler, jobs: [], forCommand: true, receipt: id }
  return (await scene.unit((s) => store.lockJobs(s, input))).receipt
}

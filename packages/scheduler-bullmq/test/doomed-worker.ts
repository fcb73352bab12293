import { createBullmqEngine } from '../src/index.ts'

/** A worker that fetches messages and never takes them over. Its parent kills it. */
const engine = createBullmqEngine({ connection: { port: Number(process.argv[2]) } })
const never = new Promise<never>(() => {})
await engine.open({ scheduler: 'own', logger: console })
await engine.consume({
  queues: ['default'],
  concurrency: 10,
  room: 10,
  whenRoom: async () => {},
  async takeOver({ fetch }) {
    console.info((await fetch(null, 10)).join())
    return never
  },
})

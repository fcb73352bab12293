import { serverCpuUs } from '../lab/server-cpu.ts'

/** What some work took. */
export interface Effort {
  readonly seconds: number
  /** CPU of the processes of Node that did the work. */
  readonly nodeUs: number
  /** CPU of PostgreSQL with all of its processes; `null` where it cannot be read. */
  readonly serverUs: number | null
}

/** Starts to measure this process and a server. The answer ends the measurement. */
export function startMeter(serverPid: number): () => Effort {
  const [began, node, server] = [performance.now(), process.cpuUsage(), serverCpuUs(serverPid)]
  return () => {
    const seconds = (performance.now() - began) / 1_000
    const { user, system } = process.cpuUsage(node)
    const serverNow = serverCpuUs(serverPid)
    const serverUs = server === null || serverNow === null ? null : serverNow - server
    return { seconds, nodeUs: user + system, serverUs }
  }
}

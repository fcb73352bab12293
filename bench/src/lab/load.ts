import { connect, type Socket } from 'node:net'

export interface LoadOptions {
  readonly port: number
  readonly path: string
  /** Header lines, each with its line break. */
  readonly headers: string
  readonly connections: number
  readonly ms: number
}

/** Sends one request after the other on each of the connections; every answer has the length of the first. */
export async function load(options: LoadOptions): Promise<{ readonly answered: number; readonly seconds: number }> {
  const request = Buffer.from(`GET ${options.path} HTTP/1.1\r\nhost: bench\r\n${options.headers}\r\n`)
  const from = performance.now()
  const until = from + options.ms
  const counts = await Promise.all(
    Array.from({ length: options.connections }, () => run(connect(options.port, '127.0.0.1'), request, until)),
  )
  return { answered: counts.reduce((sum, count) => sum + count, 0), seconds: (performance.now() - from) / 1_000 }
}

function run(socket: Socket, request: Buffer, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = 0
    socket.setNoDelay(true)
    socket.on('connect', () => socket.write(request))
    socket.on('error', reject)
    // One request at a time and answers far below a segment: what comes is an answer.
    socket.on('data', () => {
      answered++
      if (performance.now() < until) socket.write(request)
      else {
        socket.destroy()
        resolve(answered)
      }
    })
  })
}

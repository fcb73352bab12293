import { fileURLToPath } from 'node:url'

import type { Logger } from '@pm/scheduler-core'

import { chooseTokens } from './auth/tokens.ts'
import { announcement } from './boot/announcement.ts'
import { explain } from './boot/explain.ts'
import { StopRequested, stopOnSignal, whenAborted } from './boot/signals.ts'
import type { Application } from './boot/start-application.ts'
import { stopWithNpx } from './boot/stop-with-npx.ts'
import { readConfig } from './config/read-config.ts'
import { createLogger } from './log/logger.ts'

const write = (text: string) => process.stdout.write(text)

/** Runs until it is asked to stop. Answers the exit code: 0 then, 1 when it could not start. */
async function main(signal: AbortSignal): Promise<number> {
  try {
    const config = readConfig(process.env, { dataDir: fileURLToPath(new URL('../.data', import.meta.url)) })
    const tokens = chooseTokens(config)
    const secrets = [...config.secrets, ...Object.values(tokens)]
    const logger = createLogger({ format: config.logFormat, write, secrets })
    // Loaded when the settings are right: what is wrong with them is told at once, not after a second of loading.
    const { startApplication } = await import('./boot/start-application.ts')
    const application = await startApplication({ config, tokens, logger, signal })
    write(announcement({ application, config, tokens }))
    await whenAborted(signal)
    return await stopCleanly(application, logger)
  } catch (error) {
    if (error instanceof StopRequested) return 0
    process.stderr.write(explain(error))
    return 1
  }
}

async function stopCleanly(application: Application, logger: Logger): Promise<number> {
  logger.info({}, 'stopping: waiting for running polls, then closing everything')
  try {
    await application.stop()
    logger.info({}, 'stopped')
    return 0
  } catch (error) {
    logger.error({ error }, 'stopped, but not cleanly')
    return 1
  }
}

// Whoever read our output may leave before us: what nobody reads is no reason to crash.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const stop = new AbortController()
stopOnSignal(stop)
void stopWithNpx(stop)
process.exit(await main(stop.signal))

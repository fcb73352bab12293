import { fileURLToPath } from 'node:url'

import { chooseTokens } from './auth/tokens.ts'
import { announcement } from './boot/announcement.ts'
import { explain } from './boot/explain.ts'
import { StopRequested, stopSignal, whenAborted } from './boot/signals.ts'
import { startApplication } from './boot/start-application.ts'
import { readConfig } from './config/read-config.ts'
import { createLogger } from './log/logger.ts'

const write = (text: string) => process.stdout.write(text)

/** Runs until a signal asks it to stop. Answers the exit code: 0 then, 1 when it could not start. */
async function main(signal: AbortSignal): Promise<number> {
  try {
    const config = readConfig(process.env, { dataDir: fileURLToPath(new URL('../.data', import.meta.url)) })
    const tokens = chooseTokens(config)
    const secrets = [...config.secrets, ...Object.values(tokens)]
    const logger = createLogger({ format: config.logFormat, write, secrets })
    const application = await startApplication({ config, tokens, logger, signal })
    write(announcement({ application, config, tokens }))
    await whenAborted(signal)
    logger.info({}, 'stopping: waiting for running polls, then closing everything')
    await application.stop()
    logger.info({}, 'stopped')
    return 0
  } catch (error) {
    if (error instanceof StopRequested) return 0
    process.stderr.write(explain(error))
    return 1
  }
}

process.exit(await main(stopSignal()))

import { fileURLToPath } from 'node:url'

import type { Logger } from '@pm/scheduler-core'

import { chooseAccounts } from './auth/accounts.ts'
import { announcement } from './boot/announcement.ts'
import { explain } from './boot/explain.ts'
import { StopRequested, stopOnSignal, whenAborted } from './boot/signals.ts'
import type { Application } from './boot/start-application.ts'
import { stopWithNpx } from './boot/stop-with-npx.ts'
import { readArguments } from './config/read-arguments.ts'
import { readConfig } from './config/read-config.ts'
import { drawRolePasswords } from './database/roles.ts'
import { createLogger } from './log/logger.ts'

const write = (text: string) => process.stdout.write(text)

/** Runs until a stop is requested. Returns the exit code: 0 after a stop, 1 when the start failed. */
async function main(signal: AbortSignal): Promise<number> {
  const secrets: string[] = []
  try {
    const given = { ...process.env, ...readArguments(process.argv.slice(2)) }
    const config = readConfig(given, { dataDir: fileURLToPath(new URL('../.data', import.meta.url)) })
    const accounts = chooseAccounts(config)
    const passwords = drawRolePasswords()
    secrets.push(...config.secrets, ...accounts.map(({ token }) => token), ...Object.values(passwords))
    const logger = createLogger({ format: config.logFormat, write, secrets })
    // Loaded after the settings were checked, so that wrong settings are reported at once and not after a second of
    // loading.
    const { startApplication } = await import('./boot/start-application.ts')
    const application = await startApplication({ config, accounts, passwords, secrets, logger, signal })
    write(announcement({ application, config, accounts }))
    await whenAborted(signal)
    return await stopCleanly(application, logger)
  } catch (error) {
    if (error instanceof StopRequested) {
      write(`Portfolio manager was stopped while it started. ${error.message}\n`)
      return 0
    }
    process.stderr.write(explain(error, secrets))
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

// The reader of our output may end first. Then writing fails, which must not end the process.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const stop = new AbortController()
stopOnSignal(stop)
void stopWithNpx(stop)
process.exit(await main(stop.signal))

import 'reflect-metadata'

import { NestFactory } from '@nestjs/core'

import { ADMIN, AppModule } from './app.module.ts'

const { PORT = '3000', TOKEN = 'dev' } = process.env

const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] })
// On SIGTERM the scheduler drains, the server closes, and the process exits with 0: else Nest ends it by the same signal.
app.enableShutdownHooks([], { useProcessExit: true })
await app.listen(Number(PORT), '127.0.0.1')

const url = await app.getUrl()
console.log(`${url}/login?token=${TOKEN} (the pages)`)
console.log(`${url}${ADMIN}/status (Authorization: Bearer ${TOKEN})`)

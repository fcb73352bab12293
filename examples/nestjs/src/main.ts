import 'reflect-metadata'

import { NestFactory } from '@nestjs/core'

import { ADMIN, AppModule } from './app.module.ts'

const { PORT = '3000', TOKEN = 'dev' } = process.env

const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] })
// On SIGTERM the scheduler drains, and then the server closes.
app.enableShutdownHooks()
await app.listen(Number(PORT), '127.0.0.1')

const url = await app.getUrl()
console.log(`${url}/login?token=${TOKEN} (the pages)`)
console.log(`${url}${ADMIN}/status (Authorization: Bearer ${TOKEN})`)

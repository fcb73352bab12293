import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Registry } from 'prom-client'

import type { AlertRule } from '../../src/monitoring/prometheus/alert-rule.ts'

/** Prometheus itself, where this machine has it. */
export const hasPrometheus = spawnSync('prometheus', ['--version']).status === 0
if (!hasPrometheus) console.info('Skipped, since prometheus is not here: the alerts of a real scrape.')

/** The name that the scrape gives its targets, as every configuration of Prometheus does. */
export const SCRAPE = 'backend'

export interface RealPrometheus {
  /** The alerts that fire now, each as its labels. */
  firing(): Promise<readonly Labels[]>
  /** How many series a query finds now. */
  count(query: string): Promise<number>
  stop(): Promise<void>
}

type Labels = Readonly<Record<string, string>>

/**
 * A Prometheus that scrapes a registry twice a second. But for these times its configuration is the default one:
 * `honor_labels` is false.
 */
export async function startPrometheus(registry: Registry, rules: readonly AlertRule[]): Promise<RealPrometheus> {
  const target = createServer((_request, response) => {
    registry.metrics().then(
      (text) => response.setHeader('content-type', registry.contentType).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  const scraped = await listen(target)
  const folder = mkdtempSync(join(tmpdir(), 'prometheus-'))
  writeFileSync(join(folder, 'rules.yml'), JSON.stringify({ groups: [{ name: 'scheduler', rules }] }))
  writeFileSync(
    join(folder, 'prometheus.yml'),
    JSON.stringify({
      global: { scrape_interval: '500ms', scrape_timeout: '500ms', evaluation_interval: '250ms' },
      rule_files: ['rules.yml'],
      scrape_configs: [{ job_name: SCRAPE, static_configs: [{ targets: [`127.0.0.1:${scraped}`] }] }],
    }),
  )
  const port = await freePort()
  const child = spawn('prometheus', argumentsOf(folder, port), { stdio: ['ignore', 'ignore', 'inherit'] })
  const api = `http://127.0.0.1:${port}`
  return {
    async firing() {
      const { alerts } = await ask<{ alerts: readonly { state: string; labels: Labels }[] }>(`${api}/api/v1/alerts`)
      return alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels)
    },
    async count(query) {
      const asked = `${api}/api/v1/query?query=${encodeURIComponent(query)}`
      return (await ask<{ result: readonly unknown[] }>(asked)).result.length
    },
    async stop() {
      await end(child)
      target.closeAllConnections()
      target.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function argumentsOf(folder: string, port: number): readonly string[] {
  return [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ]
}

/** What Prometheus answers. While it does not listen yet, the caller's poll asks again. */
async function ask<T>(url: string): Promise<T> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`Prometheus answered ${answer.status}`)
  const { data } = (await answer.json()) as { data: T }
  return data
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  server.close()
  await once(server, 'close')
  return port
}

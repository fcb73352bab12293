// Fills the page from the same endpoints that everybody else reads. What is unknown is shown as a dash, never as 0.

const DASH = '–'
const REFRESH_MS = 2_000

const slot = (name) => document.querySelector(`[data-slot="${name}"]`)
const controls = [...document.querySelectorAll('[data-command]')]
const isAdmin = controls.length > 0
let isCommanding = false

for (const button of controls) button.addEventListener('click', () => void command(button))
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh()
})
void loop()

async function loop() {
  if (!document.hidden) await refresh()
  setTimeout(() => void loop(), REFRESH_MS)
}

async function refresh() {
  const reads = [
    read('/api/v1/portfolio', showPortfolio),
    read('/api/v1/market-data/scheduler/status', showMarketData),
    read('/api/v1/market-data/scheduler/freshness?order=feed', showFreshness),
  ]
  if (isAdmin) {
    reads.push(read('/api/v1/admin/scheduler/status', showScheduler))
    reads.push(read('/api/v1/admin/scheduler/jobs?state=paused&limit=3', showPausedJobs))
  }
  const problems = (await Promise.allSettled(reads)).filter(({ status }) => status === 'rejected')
  const problem = document.querySelector('#problem')
  problem.hidden = problems.length === 0
  problem.textContent = problems[0]?.reason.message ?? ''
  if (problems.length === 0) slot('updated').textContent = new Date().toLocaleTimeString()
}

async function read(path, show) {
  const response = await fetch(path).catch(() => {
    throw new Error('The application does not answer. The figures below may be old.')
  })
  if (response.status === 401) location.assign('/login')
  if (!response.ok) throw new Error(`The application answers ${response.status}. The figures below may be old.`)
  show(await response.json())
  // Says when the store does not answer and this is what was known before (RFC 9211).
  if (response.headers.has('cache-status')) {
    throw new Error(`The database does not answer in time. Some figures are ${response.headers.get('age')} s old.`)
  }
}

function showPortfolio({ positions, totals }) {
  slot('totals').textContent = totals.map(({ currency, value }) => money(value, currency)).join(' + ') || DASH
  slot('positions').replaceChildren(...positions.map(positionRow))
}

function positionRow({ symbol, name, unit, quantity, currency, price, value, quoted_at }) {
  const row = document.createElement('tr')
  const when = quoted_at === null ? 'no price yet' : date(quoted_at)
  row.append(
    twoLines('th', name, symbol, { scope: 'row' }),
    twoLines('td', `${decimal(quantity)} ${unit}`, `at ${money(price, currency)}`, { class: 'number' }),
    twoLines('td', money(value, currency), when, { class: 'number' }),
  )
  return row
}

function twoLines(tag, first, second, attributes) {
  const cell = element(tag, first, attributes)
  cell.append(element('small', second))
  return cell
}

function showMarketData({ scheduler, recent_activity: recent, provider_stats }) {
  showState('market.state', scheduler.state)
  slot('market.next_run').textContent = time(scheduler.next_run)
  slot('market.interval').textContent = interval(scheduler.interval_minutes)
  slot('market.symbols').textContent = decimal(recent.total_symbols_processed)
  slot('market.success_rate').textContent = percent(recent.success_rate)
  slot('market.response_time').textContent =
    recent.avg_response_time_ms === null ? DASH : `${decimal(recent.avg_response_time_ms)} ms`
  slot('providers').replaceChildren(...Object.entries(provider_stats).map(providerLine))
}

function providerLine([name, { enabled, success_rate, api_key_configured }]) {
  const line = element('li', name.replaceAll('_', ' '))
  const off = api_key_configured === false ? 'off, no key' : 'off'
  line.append(element('span', enabled ? percent(success_rate ?? null) : off))
  return line
}

function showFreshness({ items }) {
  slot('feeds').replaceChildren(...(items ?? []).map(feedLine))
}

function feedLine({ feed, status, age_seconds }) {
  const line = element('li', feed)
  const facts = element('span', age_seconds === null ? '' : `${age(age_seconds)} old `)
  facts.append(element('span', status.replace('_', ' '), { class: 'state', 'data-state': status }))
  line.append(facts)
  return line
}

function showScheduler(status) {
  showState('admin.state', status.state)
  if (!isCommanding) offer(status.state)
  slot('admin.name').textContent = status.schedulerName
  slot('admin.last_run').textContent = time(status.lastRun)
  slot('admin.next_run').textContent = time(status.nextRun)
  slot('admin.runs').textContent = `${decimal(status.total_runs)} (${decimal(status.failed_runs)} failed)`
  slot('admin.symbols').textContent = decimal(status.symbols_processed)
  slot('admin.success_rate').textContent = percent(status.success_rate)
  slot('admin.uptime').textContent = duration(status.uptimeSeconds)
}

/** A scheduler that runs while its jobs are paused does nothing, and says so. */
function showPausedJobs({ total, items }) {
  const names = items.map(({ name }) => name).join(', ')
  slot('admin.paused').textContent =
    total > items.length ? `${names} and ${total - items.length} more` : names || 'none'
}

/** Which commands change something in a state; the others are off. A run can be asked for in each. */
const USEFUL = {
  running: ['stop', 'pause'],
  error: ['stop', 'pause'],
  paused: ['start', 'stop', 'resume'],
  stopped: ['start'],
}

function offer(state) {
  for (const button of controls) {
    const useful = USEFUL[state]
    button.disabled =
      useful !== undefined && !button.dataset.command.endsWith('/run') && !useful.includes(button.dataset.command)
  }
}

/** What became of a run, told as it comes. */
async function follow(label, id) {
  const answer = slot('answer')
  for (const deadline = Date.now() + FOLLOW_MS; Date.now() < deadline; await pause(500)) {
    const response = await fetch(`/api/v1/admin/scheduler/runs/${id}`)
    if (!response.ok) continue
    const { state, error } = await response.json()
    answer.textContent = error ? `${label}: ${state}, ${error.message}` : `${label}: ${state.replace('_', ' ')}`
    if (state !== 'running') return
  }
}

const FOLLOW_MS = 60_000

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

async function command(button) {
  const answer = slot('answer')
  isCommanding = true
  for (const each of controls) each.disabled = true
  try {
    const response = await fetch(`/api/v1/admin/scheduler/${button.dataset.command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    const body = await response.json()
    answer.textContent = response.ok
      ? `${button.textContent}: done.`
      : `${button.textContent}: ${body.detail ?? body.title}`
    if (response.ok && body.run_id) await follow(button.textContent, body.run_id)
    isCommanding = false
    await refresh()
  } catch {
    answer.textContent = `${button.textContent}: the application does not answer.`
  } finally {
    isCommanding = false
  }
}

function showState(name, state) {
  const badge = element('span', state, { class: 'state', 'data-state': state })
  slot(name).replaceChildren(badge)
}

/** Decimal strings are formatted as they are: they never pass through a floating-point number. */
function money(value, currency) {
  if (value === null) return DASH
  return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(value)
}

function decimal(value) {
  return value === null ? DASH : new Intl.NumberFormat(undefined, { maximumFractionDigits: 4 }).format(value)
}

function percent(value) {
  return value === null ? DASH : `${value.toFixed(2)} %`
}

function date(instant) {
  return new Date(instant).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

function time(instant) {
  return instant === null ? DASH : new Date(instant).toLocaleTimeString()
}

function interval(minutes) {
  if (minutes === null) return DASH
  return minutes < 1 ? `${decimal(minutes * 60)} s` : `${decimal(minutes)} min`
}

function duration(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`
}

function age(seconds) {
  const days = Math.floor(seconds / 86_400)
  return days > 1 ? `${decimal(days)} days` : duration(Math.floor(seconds))
}

function element(tag, text, attributes = {}) {
  const node = document.createElement(tag)
  node.textContent = text
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  return node
}

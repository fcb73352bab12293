// Fills the page from the same endpoints that everybody else reads. What is unknown is shown as a dash, never as 0.

const DASH = '–'
const REFRESH_MS = 2_000

const slot = (name) => document.querySelector(`[data-slot="${name}"]`)
const isAdmin = slot('attention') !== null

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
    read('./api/v1/portfolio', showPortfolio),
    read('./api/v1/market-data/scheduler/status', showMarketData),
    read('./api/v1/market-data/scheduler/freshness?order=feed', showFreshness),
  ]
  if (isAdmin)
    reads.push(read('./api/v2/admin/scheduler/status?fields=scheduler,windows,jobs,attention&window=recent', showJobs))
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
  if (response.status === 401) location.assign('./login')
  if (!response.ok) throw new Error(`The application answers ${response.status}. The figures below may be old.`)
  show(await response.json())
  // Says when the store does not answer and this is what was known before (RFC 9211).
  if (response.headers.has('cache-status')) {
    throw new Error(`The database does not answer in time. Some figures are ${response.headers.get('age')} s old.`)
  }
}

function showPortfolio({ positions, totals, total }) {
  const apart = totals.map(({ currency, value }) => money(value, currency)).join(' + ') || DASH
  slot('totals').textContent = total.kind === 'apart' ? apart : money(total.value, total.currency)
  slot('total_notes').replaceChildren(...totalNotes(total, apart).map((note) => element('li', note)))
  slot('worst').replaceChildren(...(total.worst_status === null ? [] : worstPrice(total)))
  slot('positions').replaceChildren(...positions.map(positionRow))
}

/** How the total came about: which currencies it has, by which rates, and how old its oldest price is. */
function totalNotes(total, apart) {
  const notes = []
  if (total.kind === 'converted') notes.push(apart, ...total.rates.map(rateNote))
  if (total.kind === 'apart') notes.push(apartNote(total))
  if (total.unpriced > 0)
    notes.push(`${decimal(total.unpriced)} of ${decimal(total.positions)} positions have no value`)
  if (total.oldest_quoted_at !== null)
    notes.push(`oldest price: ${date(total.oldest_quoted_at)} (${total.oldest_symbol})`)
  if (total.oldest_fetched_at !== null) notes.push(`oldest fetch: ${moment(total.oldest_fetched_at)}`)
  return notes
}

function rateNote({ from, to, rate, rate_date, source }) {
  return `1 ${from} = ${new Intl.NumberFormat(undefined, { maximumFractionDigits: 6 }).format(rate)} ${to} (${source}, ${day(rate_date)})`
}

function apartNote({ apart_reason, apart_currency }) {
  const currency = apart_currency === null ? '' : ` (${apart_currency})`
  return `not added up: ${apart_reason.replaceAll('_', ' ')}${currency}`
}

function worstPrice({ worst_status, worst_status_reason, worst_symbol }) {
  return [`worst price: ${worst_symbol} `, statusBadge(worst_status, worst_status_reason)]
}

function statusBadge(status, reason) {
  const title = reason === null ? {} : { title: reason.replaceAll('_', ' ') }
  return element('span', status.replaceAll('_', ' '), { class: 'state', 'data-state': status, ...title })
}

function positionRow({ symbol, name, unit, quantity, currency, price, price_unit, value, quoted_at, ...rest }) {
  const row = document.createElement('tr')
  const when = quoted_at === null ? 'no price yet' : date(quoted_at)
  const worth = rest.unpriced_reason === null ? money(value, currency) : rest.unpriced_reason.replaceAll('_', ' ')
  const freshness = element('td', `${when} `, { class: 'price' })
  const fetched = rest.fetched_at === null ? 'never fetched' : `fetched ${moment(rest.fetched_at)}`
  freshness.append(statusBadge(rest.status, rest.status_reason), element('small', fetched))
  row.append(
    twoLines('th', name, symbol, { scope: 'row' }),
    twoLines('td', `${decimal(quantity)} ${unit}`, `at ${quotedPrice(price, price_unit)}`, { class: 'number' }),
    freshness,
    twoLines('td', worth, currency, { class: 'number' }),
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
  slot('market.next_run').textContent = scheduler.next_run === null ? 'none is due' : time(scheduler.next_run)
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

function showJobs({ scheduler, windows: { recent }, jobs, attention }) {
  showState('admin.state', isAllPaused(jobs) && scheduler.state === 'running' ? 'paused' : scheduler.state)
  slot('admin.last_run').textContent = time(scheduler.last_run_at)
  slot('admin.next_run').textContent = scheduler.next_run_at === null ? 'none is due' : time(scheduler.next_run_at)
  slot('admin.runs').textContent = `${decimal(recent.total_runs)} (${decimal(recent.failed_runs)} failed)`
  slot('admin.success_rate').textContent = percent(recent.success_rate)
  const lines = attention.items.map(attentionLine)
  slot('attention').replaceChildren(...(lines.length > 0 ? lines : [element('li', 'Nothing')]))
}

/** A scheduler runs on while each of its jobs is paused; nothing happens then all the same. */
function isAllPaused({ total, paused }) {
  return total > 0 && paused === total
}

function attentionLine({ name, conditions }) {
  const line = element('li', '')
  const states = element('span', '')
  states.append(
    ...conditions.map((word) => element('span', word.replace('_', ' '), { class: 'state', 'data-state': word })),
  )
  line.append(element('a', name, { href: `/admin/system/jobs/${encodeURIComponent(name)}` }), states)
  return line
}

function showState(name, state) {
  const badge = element('span', state, { class: 'state', 'data-state': state })
  slot(name).replaceChildren(badge)
}

/**
 * A price as it is quoted, in its own unit. The unit is never handed to Intl, which folds GBp to GBP and would write
 * pence as pounds.
 */
function quotedPrice(price, unit) {
  if (price === null) return DASH
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 20 }).format(price)} ${unit}`
}

/**
 * An amount in a currency, which is never a minor unit. Decimal strings are formatted as they are: they never pass
 * through a floating-point number.
 */
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

/** The time, with its date unless that is today's. */
function moment(instant) {
  return date(instant) === date(Date.now()) ? time(instant) : `${date(instant)}, ${time(instant)}`
}

/** A day without a time, as it is. */
function day(text) {
  return new Date(`${text}T00:00:00Z`).toLocaleDateString(undefined, { dateStyle: 'medium', timeZone: 'UTC' })
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

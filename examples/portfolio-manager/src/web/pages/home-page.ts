import type { Account, Role } from '../../auth/accounts.ts'
import type { Assets } from '../assets.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'

/**
 * The portfolio, and in short how its prices and its valuation are. Whoever wants to know more, or to command, follows a
 * link to the schedulers' own pages.
 */
export function homePage({ account: { name, role }, assets, replayNote }: HomePageOptions): string {
  return layout({
    title: 'Portfolio manager',
    assets,
    script: true,
    body: html`<header>
      <h1>Portfolio manager</h1>
      <div class="who">
        ${schedulerLink(role)}
        <span class="role">${name}</span>
        <form method="post" action="./logout"><button type="submit" class="quiet">Log out</button></form>
      </div>
    </header>
    ${replayNote === null ? null : html`<p class="replay"><strong>REPLAY</strong> ${replayNote.join(' ')}</p>`}
    <noscript><p class="problem">This page shows its figures by script, and scripts are off.</p></noscript>
    <p id="problem" class="problem" role="alert" hidden></p>
    <main>
      ${portfolioCard}
      ${marketDataCard}
      ${role === 'admin' ? jobsCard : null}
    </main>
    <footer>Updated <time data-slot="updated">–</time></footer>`,
  })
}

export interface HomePageOptions {
  readonly account: Pick<Account, 'name' | 'role'>
  readonly assets: Assets
  /** Sentences that tell what is replayed; `null` when prices are live. */
  readonly replayNote: readonly string[] | null
}

/** The pages of the schedulers, which have more than this page: each role gets its own. */
function schedulerLink(role: Role): Html {
  return role === 'admin' ? html`<a href="./admin">Schedulers</a>` : html`<a href="./admin/market-data">Market data</a>`
}

const portfolioCard = html`<section class="card wide" aria-labelledby="portfolio-title">
        <h2 id="portfolio-title">Portfolio</h2>
        <p class="figure" data-slot="totals">–</p>
        <p class="note" data-slot="worst"></p>
        <ul class="notes" data-slot="total_notes"></ul>
        <div class="scroll" tabindex="0" role="region" aria-label="Positions">
          <table>
            <thead>
              <tr>
                <th scope="col">Position</th>
                <th scope="col" class="number">Holding</th>
                <th scope="col" class="price">Price of</th>
                <th scope="col" class="number">Value</th>
              </tr>
            </thead>
            <tbody data-slot="positions"></tbody>
          </table>
        </div>
      </section>`

const marketDataCard = card(
  'market-data',
  'Market data',
  [
    ['State', 'market.state'],
    ['Next poll', 'market.next_run'],
    ['Interval', 'market.interval'],
    ['Symbols, last 24 h', 'market.symbols'],
    ['Success, last 24 h', 'market.success_rate'],
    ['Mean response', 'market.response_time'],
  ],
  html`<h3>Providers</h3><ul class="lines" data-slot="providers"></ul>
        <h3>Freshness</h3><ul class="lines" data-slot="feeds"></ul>
        <p class="more"><a href="./admin/market-data">All feeds and providers</a></p>`,
)

/** For operators: what the jobs do, which of them are paused or fail, and where to see why. */
const jobsCard = card(
  'jobs',
  'Jobs',
  [
    ['State', 'admin.state'],
    ['Last run', 'admin.last_run'],
    ['Next run', 'admin.next_run'],
    ['Runs, last 24 h', 'admin.runs'],
    ['Success, last 24 h', 'admin.success_rate'],
  ],
  html`<h3>Need attention</h3><ul class="lines" data-slot="attention"></ul>
        <p class="more"><a href="./admin">Operate</a> <a href="./admin/system">Runs and reasons</a></p>`,
)

function card(id: string, title: string, facts: readonly (readonly [string, string])[], rest: Html): Html {
  return html`<section class="card" aria-labelledby="${id}-title">
        <h2 id="${id}-title">${title}</h2>
        <dl>
          ${facts.map(([label, slot]) => html`<div><dt>${label}</dt><dd data-slot="${slot}">–</dd></div>`)}
        </dl>
        ${rest}
      </section>`
}

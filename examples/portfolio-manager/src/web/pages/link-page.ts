import type { Assets } from '../assets.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'

/** The page of a login link. Only its button uses the link up; whether the link is good is not said before. */
export function linkPage({ assets, to, link }: LinkPageOptions): string {
  return layout({
    title: 'Log in · Portfolio manager',
    assets,
    script: false,
    body: html`<main class="login">
      <h1>Portfolio manager</h1>
      <p>This link logs you in once.</p>
      <form method="post" action="./login">
        <input type="hidden" name="to" value="${to}">
        <input type="hidden" name="link" value="${link}">
        <button type="submit">Log in</button>
      </form>
    </main>`,
  })
}

export interface LinkPageOptions {
  readonly assets: Assets
  readonly to: string
  readonly link: string
}

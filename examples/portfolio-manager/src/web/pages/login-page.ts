import type { Assets } from '../assets.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'

/** The page that asks for an account and its token, with the problem of the last attempt. */
export function loginPage({ assets, to = '/', problem }: LoginPageOptions): string {
  return layout({
    title: 'Log in · Portfolio manager',
    assets,
    script: false,
    body: html`<main class="login">
      <h1>Portfolio manager</h1>
      <p>Use a login link that was printed when the application started, or give an account and its token.</p>
      ${problem === undefined ? null : html`<p class="problem" role="alert">${problem}</p>`}
      <form method="post" action="./login">
        <input type="hidden" name="to" value="${to}">
        <label for="account">Account</label>
        <input id="account" name="account" autocomplete="username" autocapitalize="none" required maxlength="32">
        <label for="token">Token</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required maxlength="256">
        <button type="submit">Log in</button>
      </form>
    </main>`,
  })
}

export interface LoginPageOptions {
  readonly assets: Assets
  /** The path to go to after the login (default the page of the portfolio). */
  readonly to?: string
  readonly problem?: string
}

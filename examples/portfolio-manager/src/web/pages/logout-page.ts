import type { Assets } from '../assets.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'

/** The page that a link can lead to: only its button logs out, so that no other page can do it by an image. */
export function logoutPage(assets: Assets): string {
  return layout({
    title: 'Log out · Portfolio manager',
    assets,
    script: false,
    body: html`<main class="login">
      <h1>Portfolio manager</h1>
      <form method="post" action="./logout">
        <button type="submit">Log out</button>
        <button type="submit" name="everywhere" value="yes" class="quiet">Log out everywhere</button>
      </form>
      <p><a href="./">Stay logged in</a></p>
    </main>`,
  })
}

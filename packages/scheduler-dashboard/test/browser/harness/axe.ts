import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** The rules of axe whose outcome depends on the colors. */
const RULES_OF_COLORS = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds wrong with a page, one line each; none is wanted. In the dark it looks at the colors alone: everything else is
 * the same document as in the light, which the same story looks at with all rules.
 */
export async function axe(page: Page, scheme: 'light' | 'dark' = 'light'): Promise<readonly string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (scheme === 'dark' ? builder.withRules(RULES_OF_COLORS) : builder).analyze()
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${impact}) ${target.join(' ')}: ${failureSummary}`),
  )
}

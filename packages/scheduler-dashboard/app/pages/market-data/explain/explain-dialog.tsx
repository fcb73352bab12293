import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'
import { useContext } from 'preact/hooks'

import { toMs } from '../../../format/instants.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { AsOfContext } from '../as-of-context.ts'
import type { Provider } from '../feed.ts'
import { ExplanationView } from './explanation-view.tsx'
import { type Facts, readFacts, toFacts, writeFacts } from './facts.ts'
import { type FeedName, knownFeed, useExplained } from './use-explained.ts'

export interface ExplainDialogProps {
  readonly scheduler: string
  readonly name: FeedName
  /** What the link holds of an earlier moment; empty: as it is now. */
  readonly frozen: string
  readonly status: Pick<MarketDataStatusV2, 'feeds_attention' | 'as_of'>
  readonly providers: readonly Provider[]
  readonly onNow: () => void
  readonly onClose: () => void
}

/** Why a feed is as fresh as it is: in sentences, as JSON, and as a link that keeps the moment. */
export function ExplainDialog(props: ExplainDialogProps) {
  const { name, frozen, onClose } = props
  const words = strings.marketData.explain
  const given = frozen === '' ? null : readFacts(frozen)
  // A link of one feed may not speak of another.
  const facts = given?.feed.feed === name.feed && given.feed.provider === name.provider ? given : null
  return (
    <Dialog title={words.title(name.provider, name.feed)} onClose={onClose}>
      {/* What is read from its beginning has its focus there, not on the button below it. */}
      <div class="stack explanation" tabIndex={-1} data-focus-first>
        {frozen !== '' && facts === null && (
          <p class="dialog-error" role="alert">
            {words.badLink}
          </p>
        )}
        {facts ? <Frozen {...props} facts={facts} /> : <Present {...props} />}
      </div>
    </Dialog>
  )
}

function Frozen({ facts, onNow, onClose }: ExplainDialogProps & { readonly facts: Facts }) {
  return (
    <>
      <ExplanationView facts={facts} nowMs={toMs(facts.as_of) ?? 0} isFrozen />
      <Actions facts={facts} onClose={onClose}>
        <Button onClick={onNow}>{strings.marketData.explain.toNow}</Button>
      </Actions>
    </>
  )
}

function Present({ scheduler, name, status, providers, onClose }: ExplainDialogProps) {
  const explained = useExplained(scheduler, name)
  const { nowMs } = useContext(AsOfContext)
  const known = knownFeed(status, name)
  const data = explained.data ?? (known && { asOf: status.as_of, feed: known, why: null })
  const words = strings.marketData.explain
  return (
    <ResourceView resource={{ ...explained, data }} rows={6}>
      {({ asOf, feed, why }) => {
        if (feed === null) return <Empty title={words.gone} text={words.goneText} />
        const facts = toFacts({ asOf, feed, why, provider: providers.find((one) => one.name === name.provider) })
        return (
          <>
            <ExplanationView facts={facts} nowMs={nowMs} isFrozen={false} />
            <Actions facts={facts} onClose={onClose} />
          </>
        )
      }}
    </ResourceView>
  )
}

function Actions({
  facts,
  onClose,
  children,
}: {
  readonly facts: Facts
  readonly onClose: () => void
  readonly children?: ReturnType<typeof Button>
}) {
  const words = strings.marketData.explain
  const json = JSON.stringify(facts, null, 2)
  return (
    <>
      <details>
        <summary>{words.json}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard */}
        <pre class="facts-json" tabIndex={0}>
          {json}
        </pre>
      </details>
      <div class="dialog-actions">
        {children}
        <CopyButton text={json} label={words.copyJson} isWide />
        <CopyButton text={() => frozenLink(facts)} label={words.copyLink} isWide />
        <button type="button" class="button" onClick={onClose}>
          {strings.kit.close}
        </button>
      </div>
    </>
  )
}

/** The present address with the facts in it. */
function frozenLink(facts: Facts): string {
  const url = new URL(window.location.href)
  url.searchParams.set('facts', writeFacts(facts))
  return url.href
}

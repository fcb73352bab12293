import { formatNumber, formatPercent } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { type Column, DEFAULT_WIDTH } from '../../../ui/column.ts'
import { State } from '../../../ui/state.tsx'
import { stateOfFeed } from '../../../ui/state-of.ts'
import { Time } from '../../../ui/time.tsx'
import { type Feed, wordOfFeed } from '../feed.ts'
import { Lateness } from '../lateness.tsx'
import { extraValueOf } from './extra-fields.ts'

/** The columns of the table of all feeds; `extra` are fields that the API has beside those that are known here. */
export function columnsWith(extra: readonly string[]): readonly Column<Feed>[] {
  const words = strings.marketData.feeds.columns
  const titles: Readonly<Record<string, string>> = strings.marketData.feeds.extra
  return [
    { id: 'feed', title: words.feed, order: 'feed', width: 'minmax(8rem, 1.5fr)', cell: ({ feed }) => feed },
    {
      id: 'status',
      title: words.status,
      width: 'minmax(8rem, 1fr)',
      cell: (feed) => <State state={stateOfFeed(feed.status)}>{wordOfFeed(feed)}</State>,
    },
    {
      id: 'late',
      title: words.late,
      align: 'end',
      width: 'minmax(7rem, 1fr)',
      cell: (feed) => <Lateness feed={feed} />,
    },
    { id: 'provider', title: words.provider, width: 'minmax(8rem, 1fr)', cell: ({ provider }) => provider },
    ...extra.map((name) => ({
      id: name,
      title: titles[name] ?? name.replaceAll('_', ' '),
      width: WIDTHS[name] ?? DEFAULT_WIDTH,
      cell: (feed: Feed) => <Extra feed={feed} name={name} />,
    })),
    {
      id: 'event',
      title: words.event,
      width: 'minmax(11.5rem, 1fr)',
      cell: (feed) => <Time at={feed.event_time} as="absolute" none={strings.kit.never} isPlain />,
    },
    {
      id: 'expected',
      title: words.expected,
      order: 'lateness',
      width: 'minmax(11.5rem, 1fr)',
      cell: (feed) => <Time at={feed.expected_by} as="absolute" isPlain />,
    },
    {
      id: 'changed',
      title: words.changed,
      width: 'minmax(11.5rem, 1fr)',
      cell: (feed) => <Time at={feed.changed_at} as="absolute" none={strings.kit.never} isPlain />,
    },
    {
      id: 'attainment',
      title: words.attainment,
      order: 'attainment_pct',
      align: 'end',
      cell: (feed) => formatPercent(feed.attainment_pct),
    },
  ]
}

/** Of the fields that hosts of prices have. */
const WIDTHS: Readonly<Record<string, string>> = {
  reason: 'minmax(11rem, 1fr)',
  venue: 'minmax(5rem, 0.5fr)',
  unit: 'minmax(4rem, 0.5fr)',
}

function Extra({ feed, name }: { readonly feed: Feed; readonly name: string }) {
  const extra = extraValueOf(feed, name)
  if (extra.kind === 'none') return <span class="muted">{strings.kit.none}</span>
  if (extra.kind === 'instant') return <Time at={extra.value} as="absolute" isPlain />
  return <>{extra.kind === 'number' ? formatNumber(extra.value) : extra.value}</>
}

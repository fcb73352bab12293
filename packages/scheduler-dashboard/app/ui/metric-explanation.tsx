import { useEffect, useState } from 'preact/hooks'

import { type App, useApp } from '../app-context.ts'
import type { MetricDefinition } from '../data/definitions.ts'
import { type AskedMetric, type ExplainedNumber, readExplanation, valuesFor } from '../data/explanation.ts'
import { strings } from '../strings/index.ts'
import { ExplainedValue } from './explained-value.tsx'
import { KeyValue } from './key-value.tsx'

interface Found extends Pick<MetricDefinition, 'title' | 'help' | 'formula'> {
  readonly unit: string
  readonly values: readonly ExplainedNumber[]
}

interface Asked extends AskedMetric {
  readonly scheduler: string
}

/** What a number means and how it came about; read when it is shown. The definition alone where the server says no more. */
export function MetricExplanation(asked: Asked) {
  const app = useApp()
  const [found, setFound] = useState<Found | 'none' | null>(null)
  const about = JSON.stringify(asked)
  useEffect(() => {
    const left = new AbortController()
    find(app, asked, left.signal).then(
      (one) => left.signal.aborted || setFound(one ?? 'none'),
      () => left.signal.aborted || setFound('none'),
    )
    return () => left.abort()
    // `about` is all of what is asked.
  }, [app, about])
  const words = strings.kit.metric
  if (found === null) return <>{words.loading}</>
  if (found === 'none') return <>{words.missing}</>
  return (
    <div class="stack">
      <h3>{found.title}</h3>
      <p>{found.help}</p>
      <KeyValue
        pairs={[
          [
            words.formula,
            <span key="formula" class="mono">
              {found.formula}
            </span>,
          ],
        ]}
      />
      {found.values.map((one) => (
        <ExplainedValue key={`${one.of} ${one.name} ${one.window}`} number={one} unit={found.unit} asked={asked.of} />
      ))}
    </div>
  )
}

async function find({ apiOf, definitions }: App, asked: Asked, signal: AbortSignal): Promise<Found | undefined> {
  const { scheduler, view, id } = asked
  const explained = await readExplanation(apiOf(scheduler, signal), asked).catch(() => undefined)
  if (explained) return { ...explained, values: valuesFor(explained, asked) }
  const { items } = await definitions.of(scheduler, view)
  const definition = items.find((item) => item.id === id)
  return definition && { ...definition, values: [] }
}

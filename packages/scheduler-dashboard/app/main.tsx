import { createStatusClient } from '@pm/scheduler-core/client'
import { render } from 'preact'
import { useState } from 'preact/hooks'
import uPlot from 'uplot'
import { VList } from 'virtua'
import { Route, Router } from 'wouter-preact'

const client = createStatusClient({ baseUrl: '', version: 'v2' })

function App() {
  const [n, setN] = useState(0)
  return (
    <Router>
      <Route path="/x">
        <VList style={{ height: 200 }}>
          <button type="button" onClick={() => setN(n + 1)}>
            {n} {String(client)} {String(uPlot)}
          </button>
        </VList>
      </Route>
    </Router>
  )
}
render(<App />, document.body)

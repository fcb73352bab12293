// Runs on any Node: loads each entry as an ES module and as CommonJS, and prints what came of it as one line of JSON.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const outcomes = []
for (const entry of process.argv.slice(2)) {
  for (const [kind, load] of [
    ['import', () => import(entry)],
    ['require', async () => require(entry)],
  ]) {
    const problem = await load().then(
      () => null,
      (error) => error.message,
    )
    outcomes.push({ call: `${kind} ${entry}`, problem })
  }
}
console.log(JSON.stringify(outcomes))

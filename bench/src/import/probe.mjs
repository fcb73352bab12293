// Imports what its arguments name, one after another, and says how long each took. It is copied to where the names resolve.
const times = []
for (const name of process.argv.slice(2)) {
  const [begun, cpu] = [performance.now(), process.cpuUsage()]
  await import(name)
  const { user, system } = process.cpuUsage(cpu)
  times.push({ ms: performance.now() - begun, cpuMs: (user + system) / 1_000 })
}
process.stdout.write(JSON.stringify(times), () => process.exit())

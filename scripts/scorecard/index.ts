// `npm run scorecard -- [--short] [--row NAME]… [--json | --markdown | --write-readme] [--seed N] [--rounds N] [--fresh]`
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { reportOf, tableOf } from '../bench/rows.ts'
import { KeptOutcomes, sourceOf } from './kept.ts'
import { rows, timedRows } from './list.ts'
import { linesOf, markdownOf, withScorecard } from './report.ts'
import { type Outcome, runRow } from './run-row.ts'

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    row: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    'write-readme': { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string' },
    fresh: { type: 'boolean', default: false },
  },
})

const root = join(import.meta.dirname, '..', '..')
const unknown = values.row.filter(name => !Object.hasOwn(rows, name))
if (unknown.length > 0) {
  process.stderr.write(`There is no row "${unknown.join('", "')}": ${Object.keys(rows).join(', ')}.\n`)
  process.exit(2)
}

const outcomes = await runAll(values.row.length > 0 ? values.row : Object.keys(rows))
const lines = linesOf(outcomes)
const table = markdownOf(lines, { mode: values.short ? 'the short form' : 'in full' })
if (values.json) process.stdout.write(`${JSON.stringify(reportOf(lines))}\n`)
else process.stdout.write(`${values.markdown ? table : tableOf(lines)}\n`)
if (values['write-readme']) {
  const readme = join(root, 'README.md')
  await writeFile(readme, withScorecard(await readFile(readme, 'utf8'), table))
}
// A missed target is a finding; only a row that could not be run is a failure of the run.
process.exit(outcomes.some(({ failed }) => failed !== undefined) ? 1 : 0)

/** Rows that measure no time share the cores; the outcomes stand in the order of the names. */
async function runAll(names: readonly string[]): Promise<Outcome[]> {
  const kept = await KeptOutcomes.open({
    path: join(root, '.scorecard', 'results.json'),
    source: await sourceOf(root),
  })
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())
  const outcomes = new Map<string, Outcome>()
  const runNext = async (queue: string[]): Promise<void> => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const outcome = await runOrFind(name, { kept, signal: interrupted.signal })
      if (interrupted.signal.aborted) process.exit(130)
      outcomes.set(name, outcome)
    }
  }
  const untimed = names.filter(name => !timedRows.includes(name))
  await Promise.all([runNext(untimed), runNext(untimed)])
  await runNext(names.filter(name => timedRows.includes(name)))
  return names.flatMap(name => outcomes.get(name) ?? [])
}

async function runOrFind(
  name: string,
  { kept, signal }: { kept: KeptOutcomes; signal: AbortSignal },
): Promise<Outcome> {
  const asked = {
    name,
    short: values.short,
    seed: Number(values.seed),
    ...(values.rounds && { rounds: Number(values.rounds) }),
  }
  const before = values.fresh ? undefined : kept.find(asked)
  const outcome = before ?? (await runRow(asked, signal))
  if (signal.aborted) return outcome
  tell(outcome, before !== undefined)
  if (outcome.failed === undefined && before === undefined) await kept.keep(asked, outcome)
  return outcome
}

function tell({ name, results, failed, seconds }: Outcome, isKept: boolean): void {
  const missed = results.filter(({ met }) => !met).length
  const how = failed === undefined ? (missed > 0 ? `${missed} missed` : 'met') : `FAILED: ${failed}`
  process.stderr.write(`${name}: ${how} (${isKept ? 'kept from before' : `${Math.round(seconds)} s`})\n`)
}

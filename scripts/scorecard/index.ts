// `npm run scorecard -- [--short] [--row NAME]… [--json | --markdown | --write-readme] [--seed N] [--rounds N] [--fresh]`
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { reportOf, tableOf } from '../bench/rows.ts'
import { KeptOutcomes, sourceOf } from './kept.ts'
import { rows } from './list.ts'
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

async function runAll(names: readonly string[]): Promise<Outcome[]> {
  const kept = await KeptOutcomes.open({
    path: join(root, '.scorecard', 'results.json'),
    source: await sourceOf(root),
  })
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())
  const outcomes: Outcome[] = []
  for (const name of names) {
    const asked = {
      name,
      short: values.short,
      seed: Number(values.seed),
      ...(values.rounds && { rounds: Number(values.rounds) }),
    }
    const before = values.fresh ? undefined : kept.find(asked)
    const outcome = before ?? (await runRow(asked, interrupted.signal))
    if (interrupted.signal.aborted) process.exit(130)
    tell(outcome, before !== undefined)
    if (outcome.failed === undefined && before === undefined) await kept.keep(asked, outcome)
    outcomes.push(outcome)
  }
  return outcomes
}

function tell({ name, results, failed, seconds }: Outcome, isKept: boolean): void {
  const missed = results.filter(({ met }) => !met).length
  const how = failed === undefined ? (missed > 0 ? `${missed} missed` : 'met') : `FAILED: ${failed}`
  process.stderr.write(`${name}: ${how} (${isKept ? 'kept from before' : `${Math.round(seconds)} s`})\n`)
}

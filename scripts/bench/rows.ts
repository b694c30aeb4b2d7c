import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import Table from 'cli-table3'

/** One figure, its target, and what it is compared with in the same run. */
export interface Row {
  name: string
  value: number
  unit: string
  /** In words, such as "≥ 0.6". */
  target: string
  met: boolean
  beside: Record<string, number | string>
}

export interface BenchOptions {
  seed: number
  rounds?: number
}

/** What one benchmark file gives. */
export interface Bench {
  run: (options: BenchOptions) => Promise<Row[]>
}

/** Runs the benchmarks that were named, or all; a missed target is printed as missed, and fails nothing. */
export async function runBenches(benches: Readonly<Record<string, () => Promise<Bench>>>): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string' },
    },
  })
  const names = positionals.length > 0 ? positionals : Object.keys(benches)
  const rows: Row[] = []
  for (const name of names) {
    const load = benches[name]
    if (load === undefined)
      throw new TypeError(`There is no benchmark "${name}": ${Object.keys(benches).join(', ')}.`)
    process.stderr.write(`${name} …\n`)
    const { run } = await load()
    rows.push(
      ...(await run({ seed: Number(values.seed), ...(values.rounds && { rounds: Number(values.rounds) }) })),
    )
  }
  process.stdout.write(values.json ? `${JSON.stringify(reportOf(rows))}\n` : `${tableOf(rows)}\n`)
}

/** What figures are of: they are worth nothing without the machine and the day. */
export function reportOf<Of extends Row>(
  rows: readonly Of[],
): { machine: string; date: string; rows: readonly Of[] } {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  return { machine, date: new Date().toISOString(), rows }
}

export function tableOf(rows: readonly Row[]): string {
  const table = new Table({ head: ['row', 'value', 'target', 'met', 'beside'], style: { head: [] } })
  for (const row of rows) {
    const { name, value, target, met, beside } = cellsOf(row)
    table.push([name, value, target, met, beside.join('\n')])
  }
  return table.toString()
}

/** A row in words. */
export function cellsOf({ name, value, unit, target, met, beside }: Row) {
  return {
    name,
    value: Number.isNaN(value) ? 'not measured' : `${short(value)} ${unit}`.trim(),
    target,
    met: met ? 'yes' : 'MISSED',
    beside: Object.entries(beside).map(([what, other]) => `${what}: ${short(other)}`),
  }
}

function short(value: number | string): string {
  if (typeof value === 'string' || Number.isInteger(value)) return String(value)
  return value < 10 ? value.toFixed(2) : String(Math.round(value))
}

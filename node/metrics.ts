import { Counter, collectDefaultMetrics, Gauge, Registry } from '@prometheus-io/client'
import { counters, type GaugeName, gauges } from './metric-table.ts'

type Labels = Readonly<Record<string, string>>

/** One value of a gauge. */
export interface Sample {
  labels?: Labels
  value: number
}

/** What is counted and measured of one node; the names are those of the table. */
export interface Metrics {
  registry: Registry
  /** Adds one. */
  count: (name: string, labels?: Labels) => void
  /** Asked for at every scrape; a value that is not known is left out. */
  measure: (name: GaugeName, values: () => number | undefined | readonly Sample[]) => void
}

/** `ofProcess` adds what Prometheus expects of every process: CPU, memory, event loop, garbage collection. */
export function openMetrics({ ofProcess = false } = {}): Metrics {
  const registry = new Registry()
  if (ofProcess) collectDefaultMetrics({ register: registry })
  const made = new Map<string, Counter>()
  for (const [name, kind] of Object.entries(counters)) {
    made.set(name, counterOf(name, kind, registry))
  }
  return {
    registry,
    count: (name, labels = {}) => {
      const kind = { help: name.replaceAll('_', ' '), labels: Object.keys(labels) }
      const counter = made.get(name) ?? counterOf(name, kind, registry)
      made.set(name, counter)
      counter.inc(labels)
    },
    measure: (name, values) => {
      const { help, labels = [] }: { help: string; labels?: readonly string[] } = gauges[name]
      new Gauge({
        name: `focalpoint_${name}`,
        help,
        labelNames: [...labels],
        registers: [registry],
        collect() {
          this.reset()
          const found = values()
          if (found === undefined) this.remove()
          else for (const { labels, value } of samplesOf(found)) this.set(labels ?? {}, value)
        },
      })
    },
  }
}

function counterOf(
  name: string,
  { help, labels = [] }: { help: string; labels?: readonly string[] },
  registry: Registry,
): Counter {
  return new Counter({
    name: `focalpoint_${name}_total`,
    help,
    labelNames: [...labels],
    registers: [registry],
  })
}

function samplesOf(found: number | readonly Sample[]): readonly Sample[] {
  return typeof found === 'number' ? [{ value: found }] : found
}

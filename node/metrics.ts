import { Counter, Gauge, Registry } from '@prometheus-io/client'

/** What is counted and measured of one node. */
export interface Metrics {
  registry: Registry
  /** Adds one; a counter is made when it is first needed. Names are `focalpoint_<name>_total`. */
  count: (name: string, labels?: Readonly<Record<string, string>>) => void
  /** Measured when it is asked for. */
  measure: (name: string, help: string, value: () => number) => void
}

export function openMetrics(): Metrics {
  const registry = new Registry()
  const counters = new Map<string, Counter>()
  return {
    registry,
    count: (name, labels = {}) => {
      const counter =
        counters.get(name) ??
        new Counter({
          name: `focalpoint_${name}_total`,
          help: name.replaceAll('_', ' '),
          labelNames: Object.keys(labels),
          registers: [registry],
        })
      counters.set(name, counter)
      counter.inc(labels)
    },
    measure: (name, help, value) => {
      new Gauge({
        name: `focalpoint_${name}`,
        help,
        registers: [registry],
        collect() {
          this.set(value())
        },
      })
    },
  }
}

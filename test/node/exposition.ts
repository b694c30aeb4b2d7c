export interface ExposedSample {
  name: string
  labels: Record<string, string>
  value: number
}

/** Prometheus' text format, version 0.0.4, read strictly: a line that is none of it throws. */
export function readExposition(text: string): {
  families: Map<string, string>
  samples: ExposedSample[]
} {
  if (!text.endsWith('\n')) throw new TypeError('The last line does not end.')
  const families = new Map<string, string>()
  const helped = new Set<string>()
  const samples: ExposedSample[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, help] = /^# HELP ([a-zA-Z_:][\w:]*) \S.*$/.exec(line) ?? []
    const [, family, type] =
      /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line) ?? []
    if (help !== undefined) helped.add(help)
    else if (family !== undefined && type !== undefined) families.set(family, type)
    else samples.push(sampleOf(line))
  }
  for (const family of families.keys()) if (!helped.has(family)) throw new TypeError(`No help: ${family}`)
  for (const { name } of samples) {
    const family = name.replace(/_(?:bucket|sum|count)$/, '')
    if (!families.has(name) && !families.has(family)) throw new TypeError(`No type: ${name}`)
  }
  return { families, samples }
}

function sampleOf(line: string): ExposedSample {
  const [, name, inner = '', value] =
    /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (\S+)$/.exec(line) ?? []
  if (name === undefined || value === undefined) throw new TypeError(`No line of the format: ${line}`)
  const number = value === '+Inf' ? Number.POSITIVE_INFINITY : value === 'Nan' ? Number.NaN : Number(value)
  const labels = Object.fromEntries(
    [...inner.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', text = '']) => [label, text]),
  )
  return { name, labels, value: number }
}

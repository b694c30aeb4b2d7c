import type { Participant } from './participants.ts'

/** What a participant's own metrics page says of one counter, summed over the labels that are not given. */
export async function countOf(
  { node }: Participant,
  metric: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number> {
  const response = await fetch(new URL('/metrics', node.metricsUrl))
  const wanted = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  const lines = (await response.text())
    .split('\n')
    .filter(
      line => line.startsWith(`focalpoint_${metric}_total`) && wanted.every(label => line.includes(label)),
    )
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}

/** How often a verdict was given on the channel's topic. */
export async function verdictsOf(participant: Participant, verdict: 'accept' | 'ignore' | 'reject' | 'hold') {
  return countOf(participant, 'gossip', { topic: 'torture', verdict })
}

import { cutFollowing } from './event-cuts.ts'
import type { BenchOptions, Row } from './rows.ts'

/** One restart in so many resumes. */
const resumesPerRestart = 250
const controlResumes = 100

/** A client of the stream that is cut off at random and comes back with its last event, beside one that keeps none. */
export async function run({ seed, rounds = 1000 }: BenchOptions): Promise<Row[]> {
  const restarts = Math.max(1, Math.floor(rounds / resumesPerRestart))
  const kept = await cutFollowing({ resumes: rounds, seed, restarts })
  const control = Math.min(controlResumes, rounds)
  const lost = await cutFollowing({ resumes: control, seed, restarts: 0, unsafeNoCursor: true })
  const beside = {
    resumes: rounds,
    'of these as pages': kept.byPage,
    'cut within an event': kept.cutWithin,
    restarts,
    events: kept.events,
  }
  return [
    rowOf('stream cut off at random: events missing after all', kept.gaps, {
      ...beside,
      'resumes/s': rounds / kept.seconds,
      'longest until an answer, ms': kept.longestResumeMs,
      [`without a cursor, ${control} resumes, missing`]: `${lost.gaps} of ${lost.events}`,
    }),
    rowOf("stream cut off at random: events again after the client's own cursor", kept.doubled, beside),
    rowOf('stream cut off at random: events out of order', kept.misplaced, beside),
  ]
}

function rowOf(name: string, value: number, beside: Row['beside']): Row {
  return { name, value, unit: 'events', target: '0', met: value === 0, beside }
}

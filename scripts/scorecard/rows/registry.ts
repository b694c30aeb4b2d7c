import type { Result, ScoreRow } from '../row.ts'
import { outcomeOf, registryCases } from './registry-cases/index.ts'

export const row: ScoreRow = {
  name: 'registry',
  title: "the cases of TUF's conformance suite that apply, and each refusal of section 4",
  target: 'all, of ≥ 53',
  run,
}

/** As many cases as TUF's own suite has. */
const fewest = 53

async function run(): Promise<Result[]> {
  const outcomes = await Promise.all(registryCases.map(outcomeOf))
  const wrong = registryCases.flatMap(({ name, expected }, at) =>
    outcomes[at] === expected ? [] : [`${name}: ${outcomes[at]} instead of ${expected}`],
  )
  const ofTuf = registryCases.filter(({ from }) => from === 'TUF')
  const right = registryCases.length - wrong.length
  return [
    {
      name: 'registry cases that come out as they should',
      value: right,
      unit: `of ${registryCases.length}`,
      target: `all, of ≥ ${fewest}`,
      met: wrong.length === 0 && registryCases.length >= fewest,
      beside: {
        "of TUF's suite": ofTuf.length,
        'of these, stricter or otherwise than TUF, with the reason': ofTuf.filter(
          ({ differs }) => differs !== undefined,
        ).length,
        'refusals of section 4 and what is nearest to them': registryCases.length - ofTuf.length,
        'of all, must be refused': registryCases.filter(({ expected }) => expected !== 'accepted').length,
        ...(wrong.length > 0 && { wrong: wrong.join('; ') }),
      },
      rounds: registryCases.length,
    },
  ]
}

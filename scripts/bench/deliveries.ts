import { type DeliveriesReport, deliverThroughKills } from '../deliveries/rounds.ts'
import type { BenchOptions, Row } from './rows.ts'

/** What must not happen, in the words of a table. */
const zeros = {
  lost: 'events lost',
  doubled: 'events accepted twice',
  outOfOrder: 'events out of order',
  tamperedAccepted: 'forged events accepted',
} as const satisfies { [Name in keyof DeliveriesReport]?: string }

/** A receiver in a process of its own, and then the node that sends, killed while 2,000 events are delivered. */
export async function run({ seed, rounds = 2000 }: BenchOptions): Promise<Row[]> {
  const kills = Math.ceil(rounds / 100)
  const receiver = await deliverThroughKills({ notices: rounds, receiverKills: kills, senderKills: 0, seed })
  const sender = await deliverThroughKills({
    notices: rounds,
    receiverKills: 0,
    senderKills: Math.ceil(kills / 4),
    seed,
  })
  return [
    ...rowsOf('receiver killed', receiver, { deaths: receiver.receiverDeaths, events: rounds }),
    ...rowsOf('node killed', sender, { deaths: sender.senderDeaths, events: rounds }),
  ]
}

function rowsOf(name: string, report: DeliveriesReport, seen: Row['beside']): Row[] {
  return (Object.keys(zeros) as (keyof typeof zeros)[]).map(what => ({
    name: `${name}: ${zeros[what]}`,
    value: report[what],
    unit: 'events',
    target: '0',
    met: report[what] === 0,
    beside: {
      ...seen,
      'came once more and were not taken': report.hadAlready,
      ...(what === 'tamperedAccepted' && { forged: report.tampered }),
      'deliveries/s, with the deaths': report.perSecond,
    },
  }))
}

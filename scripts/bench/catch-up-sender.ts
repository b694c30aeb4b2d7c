import { openTrust, parseNotice } from '#protocol'
import { findingsOf } from '../../node/content.ts'
import { openNode } from '../../node/node.ts'
import { openStore } from '../../node/store/index.ts'
import { benchAlliance, benchConfig, exampleOf, silent } from './bench-node.ts'
import { signedLogs } from './catch-up-logs.ts'

// The process that holds the logs: makes them, then serves whoever asks. Tells its parent its addresses.

const [dataDir = '', total = '0', type = ''] = process.argv.slice(2)
const alliance = await benchAlliance()
const registry = await openTrust(alliance.trust)
const issuers = alliance.memberKeys.map(({ member }) => member).filter(member => member !== 'XH')
const draft = exampleOf(type)

const config = benchConfig('QM', dataDir)
await fill()
const keys = alliance.memberKeys.find(({ member }) => member === 'QM')
if (keys === undefined) throw new TypeError('There is no member QM.')
await using node = await openNode({ config, keys, registry, log: silent })
process.send?.({ addresses: node.addresses() })
await new Promise(resolve => process.on('disconnect', resolve))

async function fill(): Promise<void> {
  await using store = await openStore({ dir: `${dataDir}/store` })
  const { net, members } = registry
  const count = Number(total) / issuers.length
  let writing: Promise<void>[] = []
  for await (const text of signedLogs({ alliance, net, members, issuers, draft, count })) {
    const { envelope, parts } = parseNotice(text, { net })
    const findings = findingsOf(envelope, parts, [])
    writing.push(
      store.write(
        store.notices.admissionOps({
          envelope,
          parts,
          erased: [],
          wanted: [],
          road: 'import',
          from: envelope.issuer,
          receivedAt: envelope.iat,
          isVoid: false,
          ...findings,
        }),
      ),
    )
    if (writing.length < 256) continue
    await Promise.all(writing)
    writing = []
  }
  await Promise.all(writing)
}

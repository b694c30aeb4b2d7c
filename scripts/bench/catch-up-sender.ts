import { openTrust } from '#protocol'
import { openNode } from '../../node/node.ts'
import { benchAlliance, benchConfig, exampleOf, silent } from './bench-node.ts'
import { fillStore } from './fill-store.ts'

// The process that holds the logs: makes them, then serves whoever asks. Tells its parent its addresses.

const [dataDir = '', total = '0', type = ''] = process.argv.slice(2)
const alliance = await benchAlliance()
const registry = await openTrust(alliance.trust)
const issuers = alliance.memberKeys.map(({ member }) => member).filter(member => member !== 'XH')

const config = benchConfig('QM', dataDir)
await fillStore({
  dir: `${dataDir}/store`,
  alliance,
  registry,
  issuers,
  draft: exampleOf(type),
  count: Number(total) / issuers.length,
  types: [],
})
const keys = alliance.memberKeys.find(({ member }) => member === 'QM')
if (keys === undefined) throw new TypeError('There is no member QM.')
await using node = await openNode({ config, keys, registry, log: silent })
process.send?.({ addresses: node.addresses() })
await new Promise(resolve => process.on('disconnect', resolve))

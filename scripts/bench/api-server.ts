import { fastify } from 'fastify'
import { noticeTypes, openTrust } from '#protocol'
import { openNode } from '../../node/node.ts'
import { benchAlliance, benchConfig, exampleOf, silent } from './bench-node.ts'
import { fillStore } from './fill-store.ts'

// A process that serves: a node that holds some thousand notices, or, without a folder, the bare framework. Tells its
// parent where, and with which token.

export interface Serving {
  url: string
  token: string
  /** Ids of notices, newest first. */
  notices: string[]
}

const [dataDir, total = '0'] = process.argv.slice(2)

if (dataDir === undefined) await serveHello()
else await serveNode(dataDir, Number(total))

async function serveHello(): Promise<void> {
  const app = fastify()
  app.get('/', async () => ({ hello: 'world' }))
  await tell({ url: await app.listen({ host: '127.0.0.1', port: 0 }), token: '', notices: [] })
  await app.close()
}

async function serveNode(folder: string, count: number): Promise<void> {
  const alliance = await benchAlliance()
  const registry = await openTrust(alliance.trust)
  const logs = { QN: 'denial', XD: 'alert', XE: 'sighting', XF: 'follow-up' }
  for (const [issuer, type] of Object.entries(logs)) {
    const draft = { ...exampleOf(type), exercise: false }
    const each = Math.ceil(count / Object.keys(logs).length)
    const of = { alliance, registry, issuers: [issuer], draft, count: each, types: noticeTypes }
    await fillStore({ dir: `${folder}/store`, ...of })
  }
  const keys = alliance.memberKeys.find(({ member }) => member === 'QM')
  if (keys === undefined) throw new TypeError('There is no member QM.')
  const config = benchConfig('QM', folder)
  const api = { ...config.api, requestsPerMinute: Number.MAX_SAFE_INTEGER }
  await using node = await openNode({ config: { ...config, api }, keys, registry, log: silent })
  const { id } = await node.people.add({ name: 'Reader', roles: ['customs'] })
  const { secret } = await node.people.createToken({ person: id, label: 'bench', days: 1 })
  const newest = await node.desk.notices.list({ limit: 1 }, { nominal: false })
  await tell({ url: node.url, token: secret, notices: newest.map(notice => notice.id) })
}

/** Until the parent lets go. */
async function tell(serving: Serving): Promise<void> {
  process.send?.(serving)
  await new Promise(resolve => process.on('disconnect', resolve))
}

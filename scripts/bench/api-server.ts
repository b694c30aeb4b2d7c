import { fastify } from 'fastify'
import { noticeTypes, openTrust } from '#protocol'
import { type FocalpointNode, openNode } from '../../node/node.ts'
import { type Role, roles } from '../../node/people.ts'
import { benchAlliance, benchConfig, exampleOf, silent } from './bench-node.ts'
import { fillStore } from './fill-store.ts'

// A process that serves: a node that holds some thousand notices, or, without a folder, the bare framework. Tells its
// parent where, and with which token.

export interface Serving {
  url: string
  /** Of a person for each role: a token, and a link to sign in. */
  tokens: Record<Role, string>
  signIn: Record<Role, string>
  /** Ids of notices, newest first. */
  notices: string[]
}

const nobody = Object.fromEntries(roles.map(role => [role, ''])) as Record<Role, string>
const [dataDir, total = '0'] = process.argv.slice(2)

if (dataDir === undefined) await serveHello()
else await serveNode(dataDir, Number(total))

async function serveHello(): Promise<void> {
  const app = fastify()
  app.get('/', async () => ({ hello: 'world' }))
  await tell({
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    tokens: nobody,
    signIn: nobody,
    notices: [],
  })
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
  const newest = await node.desk.notices.list({ limit: 1 }, { nominal: false })
  await tell({ url: node.url, ...(await accessTo(node)), notices: newest.map(notice => notice.id) })
}

async function accessTo({
  url,
  people,
  signIn,
}: FocalpointNode): Promise<Pick<Serving, 'tokens' | 'signIn'>> {
  const made = await Promise.all(
    roles.map(async role => {
      const { id: person } = await people.add({ name: `Bench ${role}`, roles: [role] })
      const { secret } = await people.createToken({ person, label: 'bench', days: 1 })
      const link = await signIn.createLink(person, { minutes: 60, again: true })
      return { role, secret, link: `${url}/sign-in/${link.secret}` }
    }),
  )
  return {
    tokens: Object.fromEntries(made.map(({ role, secret }) => [role, secret])) as Record<Role, string>,
    signIn: Object.fromEntries(made.map(({ role, link }) => [role, link])) as Record<Role, string>,
  }
}

/** Until the parent lets go. */
async function tell(serving: Serving): Promise<void> {
  process.send?.(serving)
  await new Promise(resolve => process.on('disconnect', resolve))
}

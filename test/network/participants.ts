import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  channelNames,
  type Draft,
  type ErrorCode,
  findNoticeType,
  goodsList,
  type Members,
  openTrust,
  type Registry,
} from '#protocol'
import type { Config } from '../../node/config.ts'
import type { NoticeView, OfferedDocument } from '../../node/desk/desk.ts'
import { writeNothingSigned } from '../../node/last-signed.ts'
import { type FocalpointNode, type NodeOptions, openNode } from '../../node/node.ts'
import { type Alliance, type MemberKeys, makeAlliance, signByAll } from '../../scripts/alliance.ts'
import { benchConfig, officer, onceFor, releaser } from '../../scripts/bench/bench-node.ts'
import { demonstrationPlan, membersUpTo } from '../../scripts/example-alliance.ts'
import { eventually } from '../eventually.ts'

export { officer, onceFor, releaser }

/** A running node of a test, with what it has logged. */
export interface Participant {
  member: string
  node: FocalpointNode
  dataDir: string
  lines: { level: string; text: string; code?: ErrorCode; [field: string]: unknown }[]
  /** Drafts and releases as two people would. */
  issue: (draft?: Draft) => Promise<NoticeView>
  /** All notices, oldest first. */
  notices: () => Promise<NoticeView[]>
}

export type OpenOptions = Partial<Pick<NodeOptions, 'now' | 'types' | 'rereadKeys' | 'unsafeNoGuard'>> & {
  /** Whether this node's folder is new to this key, as after `init`. */
  isNew?: boolean
  /** Not connected with the others by the builder. */
  isAlone?: boolean
  listenSeconds?: number
  catchUpSeconds?: number
  degree?: number
}

/** The fictional Alliance with real nodes, in folders that go away with it. */
export class Participants implements AsyncDisposable {
  readonly alliance: Alliance
  readonly registry: Registry
  readonly folder: string
  readonly #open = new Map<string, Participant>()
  readonly #alone = new Set<string>()

  private constructor(alliance: Alliance, registry: Registry, folder: string) {
    this.alliance = alliance
    this.registry = registry
    this.folder = folder
  }

  static async make(count = 6): Promise<Participants> {
    const members = membersUpTo(count)
    const alliance = await makeAlliance({ ...demonstrationPlan, seed: `test of ${count}`, members })
    const folder = await mkdtemp(join(tmpdir(), 'focalpoint-test-'))
    return new Participants(alliance, await openTrust(alliance.trust), folder)
  }

  /** Opens these members' nodes and connects everybody with everybody. */
  async open(members: readonly string[], options: OpenOptions = {}): Promise<Participant[]> {
    for (const member of members) this.#alone[options.isAlone ? 'add' : 'delete'](member)
    const opened = await Promise.all(members.map(member => this.#openOne(member, options)))
    await this.connect()
    return opened
  }

  /** The same, and waits until they may sign. */
  async openReady<Members extends readonly string[]>(
    members: readonly [...Members],
    options: OpenOptions = {},
  ): Promise<{ [At in keyof Members]: Participant }> {
    const opened = await this.open(members, options)
    for (const { node } of opened) await untilReady(node)
    return opened as { [At in keyof Members]: Participant }
  }

  async connect(): Promise<void> {
    const all = [...this.#open.values()].filter(({ member }) => !this.#alone.has(member))
    await Promise.all(
      all.map(({ node }) =>
        node.connectTo(all.flatMap(other => (other.node === node ? [] : other.node.addresses()))),
      ),
    )
  }

  async close(member: string): Promise<void> {
    await this.#open.get(member)?.node[Symbol.asyncDispose]()
    this.#open.delete(member)
  }

  /** The members document after the one in this registry, changed as a test likes and signed by enough coordinators. */
  async nextMembers(registry: Registry, change: (members: Members) => void): Promise<OfferedDocument> {
    const members = structuredClone(registry.members)
    members.version += 1
    members.prevHash = registry.membersHash
    change(members)
    const signers = this.alliance.coordinatorKeys.slice(0, demonstrationPlan.threshold)
    return { kind: 'members', ...(await signByAll({ value: members, typ: 'members+jws', signers })) }
  }

  keysOf(member: string): MemberKeys {
    const keys = this.alliance.memberKeys.find(each => each.member === member)
    if (keys === undefined) throw new TypeError(`There is no member ${member}.`)
    return keys
  }

  dataDirOf(member: string): string {
    return join(this.folder, member)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#open.keys()].map(member => this.close(member)))
    await rm(this.folder, { recursive: true, force: true })
  }

  async #openOne(member: string, options: OpenOptions): Promise<Participant> {
    const { isNew = true, now, types, rereadKeys, unsafeNoGuard } = options
    const config = configOf(member, this.dataDirOf(member), options)
    const keys = this.keysOf(member)
    if (isNew) await writeNothingSigned(config.signing.lastSignedDir, channelNames)
    const lines: Participant['lines'] = []
    const keep = (level: string) => (fields: object, text: string) =>
      void lines.push({ ...fields, level, text })
    const log = { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') }
    const node = await openNode({
      config,
      keys,
      registry: this.registry,
      log,
      ...(now && { now }),
      ...(types && { types }),
      ...(rereadKeys && { rereadKeys }),
      ...(unsafeNoGuard !== undefined && { unsafeNoGuard }),
    })
    const participant: Participant = {
      member,
      node,
      dataDir: config.dataDir,
      lines,
      issue: async (draft = exampleDraft('denial')) => issueWith(node, draft),
      notices: async () => (await node.desk.notices.list({ limit: 100_000 }, { nominal: true })).reverse(),
    }
    this.#open.set(member, participant)
    return participant
  }
}

async function untilReady({ desk }: FocalpointNode): Promise<void> {
  await eventually(() => {
    const { state, reason } = desk.network().signing
    if (state !== 'ready') throw new Error(`${desk.member} is ${state}: ${reason}`)
  })
}

/** The simplest example of a type, or the first of which this holds. */
export function exampleDraft(type: string, isFit: (draft: Draft) => boolean = () => true): Draft {
  const draft = findNoticeType(type)?.examples.find(isFit)
  if (draft === undefined) throw new TypeError(`There is no such example of "${type}".`)
  return draft
}

/** A refusal of goods for the death penalty. */
export function capitalDraft(): Draft {
  const draft = structuredClone(exampleDraft('denial'))
  const item = goodsList.items.find(({ category }) => category === 'EXECUTION_ONLY')
  const [goods] = draft.body.goods as [Record<string, unknown>]
  Object.assign(goods, { itemId: item?.id, category: item?.category })
  goods.hs = { code: item?.hsCodes[0]?.slice(0, 6), edition: 'HS2022', ex: true }
  draft.body.grounds = ['capital-punishment-risk']
  return draft
}

async function issueWith({ desk }: FocalpointNode, draft: Draft): Promise<NoticeView> {
  const { id } = await desk.drafts.create(draft, officer)
  return desk.release(id, releaser, {})
}

function configOf(member: string, dataDir: string, options: OpenOptions): Config {
  const { network, metrics, signing, ...rest } = benchConfig(member, dataDir)
  const { degree = network.degree, catchUpSeconds = 2, listenSeconds = 1 } = options
  return {
    ...rest,
    network: { ...network, degree, beaconSeconds: 1, catchUpSeconds },
    metrics: { ...metrics, enabled: true },
    signing: { ...signing, listenSeconds },
  }
}

import {
  advanceRegistry,
  type FocalpointError,
  findMember,
  importPublicKey,
  isError,
  jwkOfPeerId,
  kidOfPeerId,
  mayConnect,
  membersIn,
  openTrust,
  parseRoot,
  parseSignedText,
  type Registry,
  trustText,
} from '#protocol'
import type { RegistryDocument, RegistryView, Versions } from './network/index.ts'
import type { RegistryConflict, Store } from './store/index.ts'

export interface RegistryInForceOptions {
  /** As read from the trust file. */
  registry: Registry
  store: Store
  now: () => number
  /** A newer registry came into force: who may connect, and what waited for a key, is looked at again. */
  onChanged: (registry: Registry) => Promise<void>
}

/** The registry that this node goes by: the newest it has verified, kept over restarts. */
export class RegistryInForce {
  readonly #options: RegistryInForceOptions
  #registry: Registry
  #last: Promise<unknown> = Promise.resolve()

  private constructor(options: RegistryInForceOptions, registry: Registry) {
    this.#options = options
    this.#registry = registry
  }

  static async open(options: RegistryInForceOptions): Promise<RegistryInForce> {
    const saved = options.store.registry.trust()
    const kept = saved === undefined ? undefined : await openTrust(saved)
    return new RegistryInForce(options, newerOf(options.registry, kept))
  }

  /** Pairs of signed documents of one version: one of the two is held, both are kept for people to see. */
  conflicts(): RegistryConflict[] {
    return this.#options.store.registry.conflicts()
  }

  get current(): Registry {
    return this.#registry
  }

  /** Verifies documents from a peer and puts what is newer in force. Throws when one is refused. */
  adopt(documents: readonly RegistryDocument[]): Promise<void> {
    // One after the other: of two peers at once the one with the older registry must not come last.
    const adopted = this.#last.then(() => this.#adoptNow(documents))
    this.#last = adopted.catch(() => {})
    return adopted
  }

  async #adoptNow(documents: readonly RegistryDocument[]): Promise<void> {
    const { store, onChanged } = this.#options
    const roots = documents.filter(({ kind }) => kind === 'root').map(({ text }) => parseSignedText(text))
    const members = documents.findLast(({ kind }) => kind === 'members')
    const next = await this.#advance({ roots, ...(members && { members: parseSignedText(members.text) }) })
    if (next === this.#registry) return
    await store.write(store.registry.putTrustOps(trustText(next)))
    this.#registry = next
    await onChanged(next)
  }

  async #advance(documents: Parameters<typeof advanceRegistry>[1]): Promise<Registry> {
    try {
      return await advanceRegistry(this.#registry, documents)
    } catch (error) {
      if (isError(error, 'members-conflict') || isError(error, 'root-conflict')) {
        await this.#keepConflict(error, documents)
      }
      throw error
    }
  }

  /** Whoever signed two documents with one version must answer for it, so the second is kept beside the first. */
  async #keepConflict(
    { code, details: { version } }: FocalpointError<'members-conflict' | 'root-conflict'>,
    { roots = [], members }: Parameters<typeof advanceRegistry>[1],
  ): Promise<void> {
    const { store, now } = this.#options
    const held = this.#registry.roots[version - 1]?.signed
    const [ours, theirs] =
      code === 'members-conflict'
        ? [this.#registry.signedMembers, members]
        : [
            held,
            roots.find(
              root => parseRoot(root.document).version === version && root.document !== held?.document,
            ),
          ]
    if (ours === undefined || theirs === undefined) return
    await store.write(store.registry.conflictOps({ code, version, at: now(), ours, theirs }))
  }

  /** What the network room asks of the registry. */
  view(): RegistryView {
    const registry = () => this.#registry
    return {
      memberOf: peerId => mayConnect(registry(), peerId),
      peersOf: member => findMember(registry(), member)?.nodes ?? [],
      joined: (member, channel) => membersIn(registry(), channel).some(({ id }) => id === member),
      activeMembers: channel => activeMembers(registry(), channel),
      versions: () => ({
        root: registry().root.version,
        members: registry().members.version,
        hash: registry().membersHash,
      }),
      documentsAfter: versions => documentsAfter(registry(), versions),
      adopt: documents => this.adopt(documents),
      nodeKeyOf: kid => nodeKeyOf(registry(), kid),
    }
  }
}

function activeMembers(registry: Registry, channel: string | undefined): string[] {
  const members =
    channel === undefined
      ? registry.members.members.filter(({ status }) => status === 'active')
      : membersIn(registry, channel)
  return members.map(({ id }) => id)
}

function documentsAfter(registry: Registry, held: Versions): RegistryDocument[] {
  const documents: RegistryDocument[] = registry.roots
    .filter(({ root }) => root.version > held.root)
    .map(({ root, signed }) => ({ kind: 'root', version: root.version, text: JSON.stringify(signed) }))
  const isOther =
    registry.members.version === held.members && held.hash !== undefined && held.hash !== registry.membersHash
  if (registry.members.version > held.members || isOther) {
    const text = JSON.stringify(registry.signedMembers)
    documents.push({ kind: 'members', version: registry.members.version, text })
  }
  return documents
}

/** A peer id spells out the node's key; the registry says whose it is. */
async function nodeKeyOf(
  registry: Registry,
  kid: string,
): Promise<{ member: string; key: CryptoKey } | undefined> {
  for (const { id, nodes, status } of registry.members.members) {
    if (status !== 'active') continue
    for (const { peerId } of nodes) {
      const jwk = kidOfPeerId(peerId) === kid ? jwkOfPeerId(peerId) : undefined
      if (jwk) return { member: id, key: await importPublicKey(jwk) }
    }
  }
  return undefined
}

/** A root alone may be newer, too: it is what a later members document stands on. */
function newerOf(given: Registry, kept: Registry | undefined): Registry {
  if (kept === undefined || kept.net !== given.net) return given
  const isNewer =
    kept.members.version > given.members.version ||
    (kept.members.version === given.members.version && kept.root.version > given.root.version)
  return isNewer ? kept : given
}

import {
  advanceRegistry,
  findMember,
  importPublicKey,
  jwkOfPeerId,
  kidOfPeerId,
  mayConnect,
  membersIn,
  openTrust,
  parseSignedDocument,
  type Registry,
  type SignedDocument,
  trustText,
} from '#protocol'
import type { RegistryDocument, RegistryView } from './network/index.ts'
import type { Store } from './store/index.ts'

export interface RegistryInForceOptions {
  /** As read from the trust file. */
  registry: Registry
  store: Store
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
    const isNewer =
      kept !== undefined &&
      kept.net === options.registry.net &&
      kept.members.version > options.registry.members.version
    return new RegistryInForce(options, isNewer ? kept : options.registry)
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
    const roots = documents.filter(({ kind }) => kind === 'root').map(({ text }) => signedIn(text))
    const members = documents.findLast(({ kind }) => kind === 'members')
    const next = await advanceRegistry(this.#registry, {
      roots,
      ...(members && { members: signedIn(members.text) }),
    })
    if (next === this.#registry) return
    await store.write(store.registry.putTrustOps(trustText(next)))
    this.#registry = next
    await onChanged(next)
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

function documentsAfter(registry: Registry, held: { root: number; members: number }): RegistryDocument[] {
  const documents: RegistryDocument[] = registry.roots
    .filter(({ root }) => root.version > held.root)
    .map(({ root, signed }) => ({ kind: 'root', version: root.version, text: JSON.stringify(signed) }))
  if (registry.members.version > held.members) {
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

function signedIn(text: string): SignedDocument {
  return parseSignedDocument(JSON.parse(text))
}

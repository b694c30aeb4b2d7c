import type { Gate } from './admit.ts'
import type { OfferedDocument } from './desk/desk.ts'
import type { RegistryInForce } from './registry-in-force.ts'

export interface Adopting {
  inForce: RegistryInForce
  gate: Gate
}

/**
 * Puts documents in force: roots in their order, then members documents, then stops. Signatures alone decide, whoever
 * handed them in. Gives those that brought something new; throws the first refusal.
 */
export async function adoptDocuments(
  offered: readonly OfferedDocument[],
  { inForce, gate }: Adopting,
): Promise<OfferedDocument[]> {
  const adopted: OfferedDocument[] = []
  for (const kind of ['root', 'members', 'stop'] as const) {
    for (const document of offered.filter(each => each.kind === kind)) {
      if (await adoptOne(document, { inForce, gate })) adopted.push(document)
    }
  }
  return adopted
}

async function adoptOne(
  { kind, document, signatures }: OfferedDocument,
  { inForce, gate }: Adopting,
): Promise<boolean> {
  const text = JSON.stringify({ document, signatures })
  if (kind === 'stop') return gate.takeStop(text)
  const before = inForce.current
  await inForce.adopt([{ kind, version: 0, text }])
  return inForce.current !== before
}

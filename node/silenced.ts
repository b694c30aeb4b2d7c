import { expiryOf, findMember, limits, type Registry } from '#protocol'

/** Seconds since 1970 from which nothing may be issued without a newer registry. */
export function issuingStopsAt(registry: Registry): number {
  return expiryOf(registry) + limits.issuingGraceAfterExpirySeconds
}

/** Whether the registry expired longer ago than issuing may go on. */
export function isIssuingOver(registry: Registry, now: number): boolean {
  return now > issuingStopsAt(registry)
}

/** Why this member may sign nothing in any channel, in words for people; undefined where it may. */
export function silencedReason({
  registry,
  member,
  now,
}: {
  registry: Registry
  member: string
  now: number
}): string | undefined {
  const { version } = registry.members
  const status = findMember(registry, member)?.status
  if (status === 'suspended')
    return `${member} is suspended, as members document ${version} says: call the coordinators.`
  if (status === 'left')
    return `${member} has left, as members document ${version} says: call the coordinators where this is not so.`
  if (!isIssuingOver(registry, now)) return undefined
  const date = new Date(expiryOf(registry) * 1000).toISOString().slice(0, 10)
  return `The registry expired on ${date}: ask a coordinator for the newer one.`
}

import {
  type Change,
  changesBetween,
  findMember,
  isError,
  proposeRequest,
  type Registry,
  type SignedDocument,
  safetyNumber,
  type VerifiedJoinRequest,
  verifyJoinRequest,
} from '#protocol'

/** What a genuine request asks for, and what granting it takes. */
export interface AssessedRequest extends VerifiedJoinRequest {
  safetyNumber: string
  /** Absent where only a node can tell at which places the new key begins. */
  changes?: Change[]
  commands: {
    review: string
    approve: string
    /** Of the further coordinators, as many as `others`. */
    others: number
    sign: string
    publish: string
    import: string
    /** The members document that comes of it. */
    file: string
  }
}

/** Throws whatever it is refused for. */
export async function assessRequest(
  signed: SignedDocument,
  { registry, today }: { registry: Registry; today: string },
): Promise<AssessedRequest> {
  const verified = await verifyJoinRequest(signed, registry)
  const changes = changesOf(verified, registry, today)
  return {
    ...verified,
    safetyNumber: safetyNumber(verified.document),
    ...(changes && { changes }),
    commands: commandsFor({ registry, needsPlaces: changes === undefined }),
  }
}

function changesOf(
  { request }: VerifiedJoinRequest,
  registry: Registry,
  today: string,
): Change[] | undefined {
  try {
    const granted = proposeRequest(registry, { request, dates: { issued: today } })
    return changesBetween(registry.signedMembers.document, granted)
  } catch (error) {
    if (isError(error, 'places-missing')) return undefined
    throw error
  }
}

interface Granted {
  registry: Registry
  needsPlaces: boolean
}

/** As it is called that "focalpoint init" makes. */
const file = 'join-request.json'

function commandsFor({ registry, needsPlaces }: Granted): AssessedRequest['commands'] {
  const next = `members-${registry.members.version + 1}.json`
  const places = needsPlaces ? ' --from from-node' : ''
  return {
    review: `focalpoint members review ${file}`,
    approve: `focalpoint members approve ${file} --key coordinator-1.json${places}`,
    others: registry.root.threshold - 1,
    sign: `focalpoint members approve ${next} --key coordinator-2.json`,
    publish: `focalpoint members publish ${next}`,
    import: `focalpoint members import ${next}`,
    file: next,
  }
}

/** A member that asks for something, by the name that it has in the registry, else by the one that it gives itself. */
export function nameOfApplicant(
  { member, names }: VerifiedJoinRequest['request'],
  { registry, language }: { registry: Registry; language: string },
): string {
  const known = findMember(registry, member)?.names ?? names
  return `${known[language] ?? known.en} (\u2068${member}\u2069)`
}

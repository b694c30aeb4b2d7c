import type { Member } from './members.ts'

/** What the words of each kind of change are made of, for other languages; `before`: absent where there was none. */
export interface ChangeValues {
  'member-added': { names: string; kind: Kind; status: Status }
  'member-dropped': Nothing
  'several-members': { members: string[] }
  status: { status: Status; before: Status }
  names: { names: string; before: string }
  kind: { kind: Kind; before: Kind }
  contacts: { contacts: string[] }
  'channel-joined': { channel: string }
  'channel-left': { channel: string }
  'key-added': { kid: string; places: ChangedPlace[] }
  'key-extended': { kid: string; places: ChangedPlace[] }
  'key-ended': { kid: string; places: ChangedPlace[]; reason?: string }
  'key-reason': { kid: string; reason?: string }
  'key-reopened': { kid: string }
  'key-dropped': { kid: string }
  'recovery-added': { kid: string }
  'recovery-removed': { kid: string }
  'node-added': { node: string; addresses: string[] }
  'node-removed': { node: string }
  address: { node: string; addresses: string[] }
  channel: { channel: string; of: 'all' | 'joined' | 'nobody' }
  root: { version: number; before: number }
  issued: { day: string }
  expires: { document: 'root' | 'members'; day: string; before?: string }
  threshold: { threshold: number; of: number; before?: number }
  'versions-skipped': { version: number; before: number }
  'chain-broken': Nothing
  'coordinator-added': { coordinator: string; kid: string }
  'coordinator-removed': { coordinator: string; kid: string }
  'coordinator-renamed': { coordinator: string; kid: string; before: string }
  unknown: { what: string }
}

type Kind = Member['kind']
type Status = Member['status']
type Nothing = Record<never, never>

/** A place in a log from which on a key may sign, or at which it ends: there with the id of its last notice, if any. */
export interface ChangedPlace {
  channel: string
  seq: number
  id?: string | null
}

/** A stable word for programs. */
type ChangeKind = keyof ChangeValues

interface ChangeOf<Name extends ChangeKind> {
  /** A member's id, or "registry" where it concerns all. */
  about: string
  kind: Name
  values: ChangeValues[Name]
  /** In English. */
  text: string
  /** Worth a second look before signing. */
  danger: boolean
}

/** One thing that a document changes, for the person who is to sign it. */
export type Change = { [Name in ChangeKind]: ChangeOf<Name> }[ChangeKind]

export function plain<Name extends ChangeKind>(
  about: string,
  kind: Name,
  values: ChangeValues[Name],
  text: string,
): ChangeOf<Name> {
  return { about, kind, values, text, danger: false }
}

export function danger<Name extends ChangeKind>(
  about: string,
  kind: Name,
  values: ChangeValues[Name],
  text: string,
): ChangeOf<Name> {
  return { about, kind, values, text, danger: true }
}

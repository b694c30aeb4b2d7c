import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonical, isObject, type Json, type JsonObject } from '#protocol'

// What the test vectors hold, as texts to begin with: the good ones, and those that are refused, which are near to other
// refusals.

const folder = join(import.meta.dirname, '..', '..', 'protocol', 'vectors')

function vectorsIn(name: string): JsonObject[] {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')).vectors
}

function textsIn(name: string, member = 'text'): string[] {
  return vectorsIn(name).flatMap(vector => {
    const value = vector[member]
    return typeof value === 'string' ? [value] : []
  })
}

function signedIn(value: Json | undefined): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(signedIn)
  return isObject(value) && typeof value.document === 'string' ? [value] : []
}

const documents = vectorsIn('registry').flatMap(vector => ({
  roots: signedIn(vector.roots),
  members: signedIn(vector.members),
}))
const texts = (all: JsonObject[]) => all.map(({ document }) => String(document))

export const trustTexts: readonly string[] = [
  readFileSync(join(folder, 'trust.json'), 'utf8'),
  readFileSync(join(folder, 'trust-2.json'), 'utf8'),
  ...textsIn('trusts', 'trust'),
]
export const goodTexts = {
  notices: [...textsIn('notices'), ...textsIn('gossip'), ...textsIn('logs')],
  forks: textsIn('forks'),
  beacons: textsIn('beacons'),
  frames: textsIn('frames'),
  canonical: textsIn('canonical'),
  roots: texts(documents.flatMap(({ roots }) => roots)),
  members: texts(documents.flatMap(({ members }) => members)),
  signedRoots: documents.flatMap(({ roots }) => roots).map(canonical),
  signedMembers: documents.flatMap(({ members }) => members).map(canonical),
  stops: vectorsIn('stops')
    .flatMap(({ signed }) => signedIn(signed))
    .map(canonical),
  drafts: vectorsIn('drafts').flatMap(({ draft }) => (draft === undefined ? [] : [JSON.stringify(draft)])),
} as const

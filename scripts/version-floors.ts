// Compares every copy of a package in the lock file with its floor: `node scripts/version-floors.ts`.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The oldest version of a package that may be installed, and why no older one. */
export interface Floor {
  package: string
  floor: string
  reason: string
}

/** What of package-lock.json (lockfileVersion 3) is read: `name` stands there when the folder has another. */
export interface LockFile {
  packages: Record<string, { version?: string; name?: string }>
}

const folderMark = 'node_modules/'

if (import.meta.main) await report()

/** One plain line for each copy below its floor, and for each floor that no package needs any more. */
export function floorFindings(lock: LockFile, floors: readonly Floor[]): string[] {
  return floors.flatMap(({ package: name, floor, reason }) => {
    const copies = copiesOf(lock, name)
    if (copies.length === 0) return [`${name} is not in package-lock.json: take its floor out.`]
    return copies
      .filter(({ version }) => isBelow(version, floor))
      .map(({ folder, version }) => `${name} ${version} in ${folder} is below its floor ${floor}: ${reason}.`)
  })
}

async function report(): Promise<void> {
  const lock: LockFile = await readJson('..', 'package-lock.json')
  const floors: Floor[] = await readJson('version-floors.json')
  const findings = floorFindings(lock, floors)
  if (findings.length === 0) return console.log(`${floors.length} version floors hold.`)
  for (const finding of findings) console.error(finding)
  process.exitCode = 1
}

async function readJson(...path: string[]) {
  return JSON.parse(await readFile(join(import.meta.dirname, ...path), 'utf8'))
}

function copiesOf(lock: LockFile, name: string): { folder: string; version: string }[] {
  return Object.entries(lock.packages).flatMap(([folder, { version, name: declared }]) => {
    const at = folder.lastIndexOf(folderMark)
    const found = declared ?? (at < 0 ? '' : folder.slice(at + folderMark.length))
    return found === name && at >= 0 ? [{ folder, version: version ?? '0.0.0' }] : []
  })
}

/** Semantic Versioning 2.0.0, section 11, as far as floors need it: a pre-release is below its release. */
function isBelow(version: string, floor: string): boolean {
  const [numbers, floorNumbers] = [numbersOf(version), numbersOf(floor)]
  for (const [at, wanted] of floorNumbers.entries()) {
    const found = numbers[at] ?? 0
    if (found !== wanted) return found < wanted
  }
  return version.includes('-')
}

function numbersOf(version: string): number[] {
  const [release = ''] = version.split(/[-+]/)
  return release.split('.').map(Number)
}

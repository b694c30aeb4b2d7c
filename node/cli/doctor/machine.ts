import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { lookAround, type Surroundings } from '../../surroundings.ts'
import { type Finding, ok, warning, wrong } from './finding.ts'

const daySeconds = 86_400
const bytesPerMebibyte = 1_048_576
/** A disk that has less than so many floors left is told of in time. */
const floorsToWarn = 4
const fewInodes = 10_000

/** Below it a published hole is open (CVE-2026-111497). */
const nodeFloor = [24, 22, 1] as const
const oldestNodeMajor = 24

/** What the machine gives the node: program versions, disk, backups. */
export async function checkMachine(config: Config, now: number): Promise<Finding[]> {
  const surroundings = await lookAround(config.dataDir)
  return [
    ...checkDisk(surroundings, config),
    checkSetAside(surroundings, config),
    checkBackup(surroundings, config, now),
  ]
}

export async function checkVersions(nodeVersion = process.versions.node): Promise<Finding[]> {
  const path = join(import.meta.dirname, '..', '..', '..', 'package.json')
  const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string }
  return [ok('focalpoint', `version ${version}`), checkNode(nodeVersion)]
}

function checkNode(version: string): Finding {
  const floor = nodeFloor.join('.')
  const numbers = version.split('.').map(Number)
  const todo = `Install Node ${floor} or newer from your distributor or nodejs.org.`
  if ((numbers[0] ?? 0) < oldestNodeMajor)
    return wrong('node.js', `Node ${version} is older than focalpoint can run on.`, todo)
  if (isBelow(numbers, nodeFloor))
    return warning(
      'node.js',
      `Node ${version} has a hole that is closed in ${floor} (CVE-2026-111497).`,
      todo,
    )
  return ok('node.js', `version ${version}`)
}

function isBelow(numbers: readonly number[], floor: readonly number[]): boolean {
  const at = floor.findIndex((wanted, place) => wanted !== (numbers[place] ?? 0))
  return at >= 0 && (numbers[at] ?? 0) < (floor[at] ?? 0)
}

function checkDisk({ diskFreeBytes, inodesFree }: Surroundings, { store, dataDir }: Config): Finding[] {
  const todo = `Free some space on the disk of ${dataDir}.`
  if (diskFreeBytes === undefined) {
    return [
      warning(
        'disk',
        `How much is free is not known: there is no place for ${dataDir}.`,
        'Make the folder above it.',
      ),
    ]
  }
  const free = Math.floor(diskFreeBytes / bytesPerMebibyte)
  const floor = store.freeSpaceMib
  const told = `${free} MiB are free, the floor is ${floor} MiB`
  const disk =
    free < floor
      ? wrong('disk', `${told}: nothing new is taken in.`, todo)
      : free < floor * floorsToWarn
        ? warning('disk', `${told}.`, todo)
        : ok('disk', told)
  const isTight = inodesFree !== undefined && inodesFree < fewInodes
  return isTight ? [disk, warning('disk', `Only ${inodesFree} more files can be made.`, todo)] : [disk]
}

function checkSetAside({ setAside }: Surroundings, { dataDir }: Config): Finding {
  if (setAside.length === 0) return ok('store', 'none was found damaged')
  const found = setAside.map(({ folder, state }) => `${folder} (${state})`).join(', ')
  const what = `The store was set aside in ${dataDir}: ${found}.`
  return warning('store', what, 'Look at the disk and the report in the folder, then delete it.')
}

function checkBackup(
  { lastBackupAt }: Surroundings,
  { backup: { remindAfterDays } }: Config,
  now: number,
): Finding {
  const todo = 'Run: focalpoint backup create --to FOLDER --token-file FILE (the token of an administrator)'
  if (lastBackupAt === undefined) return warning('backup', 'There is none yet.', todo)
  const days = Math.floor((now - lastBackupAt) / daySeconds)
  const at = new Date(lastBackupAt * 1000).toISOString()
  if (days >= remindAfterDays) return warning('backup', `The last one is ${days} days old (${at}).`, todo)
  return ok('backup', `the last one is of ${at}`)
}

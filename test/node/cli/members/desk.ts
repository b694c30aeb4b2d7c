import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openTrust, type Registry } from '#protocol'
import { runCommand } from '../../../../node/cli/program.ts'
import {
  type Alliance,
  type AlliancePlan,
  demonstrationKey,
  makeAlliance,
} from '../../../../scripts/alliance.ts'
import { demonstrationMembers, demonstrationPlan } from '../../../../scripts/example-alliance.ts'
import { binFile, openTestFolder, type Ran, run as runProgram } from '../run.ts'

/** The folder of coordinators and members who work with files alone, and the command in it. */
export interface Desk extends AsyncDisposable {
  path: string
  registry: Registry
  run: (...words: string[]) => Promise<Ran>
  /** What the command prints with --json; fails where it fails. */
  json: <Answer = Record<string, unknown>>(...words: string[]) => Promise<Answer>
  /** The code with which the command refuses and its exit code, or `done`. */
  refusal: (...words: string[]) => Promise<string>
  /** The same with a passphrase on file descriptor 3. */
  refusalWith: (passphrase: string, ...words: string[]) => Promise<string>
}

/** With trust.json, `coordinator-N.json` and a key file for each member. */
export async function openDesk(changes: Partial<AlliancePlan> = {}): Promise<Desk> {
  const folder = await openTestFolder()
  const members = demonstrationMembers.slice(0, 2)
  const plan = { ...demonstrationPlan, seed: 'a desk', members, ...changes }
  const alliance = await makeAlliance(plan)
  await furnish(folder.path, alliance)
  return {
    ...commandsIn(folder.path),
    path: folder.path,
    registry: await openTrust(alliance.trust),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

/** Puts the files of an alliance there, as its people have them. */
export async function furnish(folder: string, alliance: Alliance): Promise<void> {
  await writeFile(join(folder, 'trust.json'), alliance.trust)
  for (const keys of [...alliance.coordinatorKeys, ...alliance.memberKeys]) {
    const name = 'coordinator' in keys ? keys.coordinator : keys.member
    const { demonstration: _, ...held } = keys
    await writeSecret(join(folder, `${name}.json`), { ...held, unencrypted: true })
  }
}

/** An empty folder, for those who have no network yet. */
export async function openEmptyDesk(): Promise<Omit<Desk, 'registry'>> {
  const folder = await openTestFolder()
  return {
    ...commandsIn(folder.path),
    path: folder.path,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

function commandsIn(folder: string): Omit<Desk, 'path' | 'registry' | typeof Symbol.asyncDispose> {
  const run = (...words: string[]) => runHere(folder, words)
  const json: Desk['json'] = async (...words) => {
    const { code, stdout, stderr } = await run(...words, '--json')
    if (code !== 0) throw new Error(stderr)
    return JSON.parse(stdout)
  }
  const refusal = async (...words: string[]) => refusalIn(await run(...words, '--json'))
  const refusalWith: Desk['refusalWith'] = async (passphrase, ...words) => {
    await writeFile(join(folder, 'passphrase'), passphrase)
    const shell = ['-c', 'exec "$0" "$@" 3< passphrase', process.execPath, binFile, ...words]
    const where = { input: '', environment: {}, folder }
    return refusalIn(await runProgram('bash', [...shell, '--passphrase-fd', '3', '--json'], where))
  }
  return { run, json, refusal, refusalWith }
}

/** The command as `main.ts` calls it, in this process: to start one for each step would take most of the time. */
async function runHere(folder: string, words: string[]): Promise<Ran> {
  const said = { stdout: '', stderr: '' }
  const { stdout, stderr } = process
  const before = { folder: process.cwd(), stdout: stdout.write, stderr: stderr.write }
  process.chdir(folder)
  const keep = (stream: keyof typeof said) => (text: string | Uint8Array) => {
    said[stream] += text
    return true
  }
  stdout.write = keep('stdout')
  stderr.write = keep('stderr')
  try {
    return { code: await runCommand(words), ...said }
  } finally {
    stdout.write = before.stdout
    stderr.write = before.stderr
    process.chdir(before.folder)
  }
}

function refusalIn({ code, stderr }: Ran): string {
  const [, said = ''] = /"code":"([a-z-]+)"/.exec(stderr) ?? []
  return code === 0 ? 'done' : `${said} ${code}`
}

/** A key file as somebody without a passphrase has it. */
export async function writeSecret(path: string, content: object): Promise<void> {
  await writeFile(path, JSON.stringify(content), { mode: 0o600 })
}

/** The key file of a member that no registry lists. */
export async function writeNewcomer(desk: Pick<Desk, 'path'>, member: string): Promise<void> {
  const key = (use: string) => demonstrationKey('a newcomer', member, use)
  const keys = { node: key('node'), signing: key('signing'), recovery: key('recovery') }
  const file = { format: 'focalpoint-keys/1', unencrypted: true, member, ...keys }
  await writeSecret(join(desk.path, `${member}.json`), file)
}

/** The words with which a newcomer asks. */
export function requestWords(member: string): string[] {
  return [
    ...['members', 'request', '--key-file', `${member}.json`, '--name', 'Kestrelia', '--channel', 'torture'],
    ...[
      '--addr',
      '/ip4/127.0.0.1/tcp/9007',
      '--contact',
      'role=focal point,email=focal-point@xk.example.org',
    ],
  ]
}

/** The words of a coordinator who was read this number. */
export function approveWords(file: string, coordinator: string, number: string): string[] {
  return ['members', 'approve', file, '--key', `${coordinator}.json`, '--safety-number', number]
}

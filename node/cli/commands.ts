import type { Command } from 'commander'

/** Gives a command its arguments, options, subcommands and action. */
export type Describe = (command: Command) => void

/** A command as `--help` lists it; the rest is loaded when it is called. */
export interface CommandEntry {
  name: string
  summary: string
  load: () => Promise<Describe>
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'demo',
    summary: 'run an Alliance of fictional States on this machine',
    load: async () => (await import('./demo/command.ts')).describeDemo,
  },
  {
    name: 'init',
    summary: 'make the keys, the settings and the join request of a new node',
    load: async () => (await import('./init/command.ts')).describeInit,
  },
  {
    name: 'keys',
    summary: 'list the keys of a node, make a new one, stop one, change the passphrase',
    load: async () => (await import('./keys/command.ts')).describeKeys,
  },
  {
    name: 'serve',
    summary: 'run the node of one participant',
    load: async () => (await import('./serve.ts')).describeServe,
  },
  {
    name: 'status',
    summary: 'say how a node is: its checks, its signing, its peers',
    load: async () => (await import('./status.ts')).describeStatus,
  },
  {
    name: 'doctor',
    summary: 'look for what is wrong with a node, its files and its machine, and say what to do',
    load: async () => (await import('./doctor/command.ts')).describeDoctor,
  },
  {
    name: 'notice',
    summary: 'draft, release, list, show, verify, withdraw and export notices',
    load: async () => (await import('./notice/command.ts')).describeNotice,
  },
  {
    name: 'screen',
    summary: 'screen a file of consignments: what they meet, and why',
    load: async () => (await import('./screen/command.ts')).describeScreen,
  },
  {
    name: 'report',
    summary: 'draft a sighting from what a screening met',
    load: async () => (await import('./report.ts')).describeReport,
  },
  {
    name: 'peers',
    summary: 'list the participants and how far each of them is',
    load: async () => (await import('./peers.ts')).describePeers,
  },
  {
    name: 'events',
    summary: 'list what came in at a node, in its order, and follow it',
    load: async () => (await import('./events.ts')).describeEvents,
  },
  {
    name: 'subscribe',
    summary: 'be told of notices by a webhook or in a feed; see, test and repeat what was told',
    load: async () => (await import('./subscribe/command.ts')).describeSubscribe,
  },
  {
    name: 'members',
    summary: 'request, review, approve and publish who may speak; list the participants',
    load: async () => (await import('./members/command.ts')).describeMembers,
  },
  {
    name: 'person',
    summary: 'add, disable and list the persons who work with a node, and let them in',
    load: async () => (await import('./person.ts')).describePerson,
  },
  {
    name: 'token',
    summary: 'create, list and revoke access tokens',
    load: async () => (await import('./token.ts')).describeToken,
  },
  {
    name: 'backup',
    summary: 'back a node up, and verify a backup',
    load: async () => (await import('./backup.ts')).describeBackup,
  },
  {
    name: 'restore',
    summary: 'restore a node from a backup',
    load: async () => (await import('./restore.ts')).describeRestore,
  },
  {
    name: 'verify',
    summary: 'verify a bundle or notices from a file, with no node and no network',
    load: async () => (await import('./verify.ts')).describeVerify,
  },
  {
    name: 'config',
    summary: 'show the settings in force and where each came from',
    load: async () => (await import('./config.ts')).describeConfig,
  },
]

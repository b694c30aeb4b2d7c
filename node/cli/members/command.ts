import type { Command } from 'commander'
import { asClient, asListing, collected, wholeNumber } from '../options.ts'
import { asSecret } from '../passphrase.ts'
import { approveFile } from './approve.ts'
import { makeCoordinatorKey } from './coordinator.ts'
import { asDay } from './expiry.ts'
import { foundNetwork } from './found.ts'
import { importFiles } from './import.ts'
import { listMembers } from './list.ts'
import { proposeDeparture, proposeRenewal, proposeRevocation, proposeSuspension } from './propose.ts'
import { publishFiles } from './publish.ts'
import { writeRequest } from './request.ts'
import { reviewFile } from './review.ts'
import { proposeNextRoot } from './rotate-root.ts'

export function describeMembers(command: Command): void {
  asClient(sub(command, 'list', 'List the participants, as a running node or a trust file knows them.'))
    .option('--trust <file>', 'a trust file instead of a running node')
    .action(listMembers)
  describeRequest(
    sub(command, 'request', 'Ask the coordinators: to join, for a new key, for channels or addresses.'),
  )
  asFounding(
    asTrusting(
      asNode(sub(command, 'review', 'Say what a signed file is: who signed, what changes, what is missing.')),
    ),
  )
    .argument('<file>', 'a join request, members document, root or stop')
    .option('--json', 'print JSON')
    .action(reviewFile)
  describeApprove(
    sub(command, 'approve', 'Sign, as a coordinator, what a request asks for or a document changes.'),
  )
  asClient(
    sub(command, 'publish', 'Hand signed documents to a running node: from there they reach all others.'),
  )
    .argument('<files...>', 'roots, members documents, stops; several copies of one are put together')
    .action(publishFiles)
  describeProposals(command)
  describeFounding(command)
}

function describeRequest(command: Command): void {
  asSecret(asTrusting(command))
    .option(
      '--purpose <word>',
      'join, key (a new signing key) or channels (channels, addresses, contacts)',
      'join',
    )
    .option('--key-file <file>', 'the private keys of the node (else as the settings say)')
    .option('--recovery-key <file>', 'proves a request for a new key where the old one is lost')
    .option('--found', 'ask to found a network instead of joining one')
    .option('--name <text>', 'name in English, or "fr=…"; may be repeated', collected)
    .option('--kind <kind>', 'state, organisation or observer')
    .option('--channel <name>', 'a channel to be in: torture, capital; may be repeated', collected)
    .option('--addr <multiaddr>', 'where others reach the node; may be repeated', collected)
    .option('--contact <text>', '"role=…,email=…,telephone=…"; may be repeated', collected)
    .option('--out <file>', 'where it is written (else PURPOSE-request.json)')
    .option('--json', 'print JSON')
    .action(writeRequest)
}

function describeApprove(command: Command): void {
  asSecret(asFounding(asTrusting(asNode(command))))
    .argument('<file>', 'a join request, or a members document or root that waits for signatures')
    .requiredOption('--key <file>', "the coordinator's offline key")
    .option(
      '--safety-number <groups>',
      'as it was read to you: the first group or all (else asked on a terminal)',
    )
    .option('--from <place>', 'where a new key begins: torture=42, or from-node; may be repeated', collected)
    .option(
      '--end <place>',
      'where the keys before it end: torture=41:ID, or from-node; may be repeated',
      collected,
    )
    .option('--expires <date>', 'YYYY-MM-DD, for the document that a request becomes (else as before)', asDay)
    .option(
      '--again',
      'sign though this key has signed another document of this version, which nobody was given',
    )
    .option(
      '--out <file>',
      'where it is written (else a document in its place, members-N.json for a request)',
    )
    .option('--json', 'print JSON')
    .action(approveFile)
}

function describeProposals(command: Command): void {
  asEnding(sub(command, 'revoke', 'Propose the end of a key: what it signed beyond its last place is void.'))
    .argument('<member>', 'id')
    .option('--kid <kid>', 'which key (else the only open one)')
    .action(proposeRevocation)
  asEnding(sub(command, 'suspend', 'Propose that a participant is suspended; all of its keys end.'))
    .argument('<member>', 'id')
    .action(proposeSuspension)
  asEnding(sub(command, 'leave', 'Propose that a participant leaves the network, or one channel.'))
    .argument('<member>', 'id')
    .option('--channel <name>', 'only this channel')
    .action(proposeDeparture)
  asProposal(sub(command, 'renew', 'Propose the members document once more, with a new date of expiry.'))
    .requiredOption('--expires <date>', 'YYYY-MM-DD, the first day on which it holds no more', asDay)
    .action(proposeRenewal)
  asProposal(sub(command, 'rotate-root', 'Propose other coordinators, another threshold or another date.'))
    .option('--add <file>', 'public file of a coordinator, as NAME=FILE or FILE; may be repeated', collected)
    .option('--remove <name>', 'id of a coordinator; may be repeated', collected)
    .option('--threshold <number>', 'how many must sign', wholeNumber)
    .option('--threshold-of-one', 'each coordinator alone may decide')
    .option('--expires <date>', 'YYYY-MM-DD, the first day on which it holds no more', asDay)
    .action(proposeNextRoot)
}

function describeFounding(command: Command): void {
  asSecret(sub(command, 'coordinator-key', 'Make the offline key of a coordinator and its public file.'))
    .argument('<name>', 'id, such as ministry-of-justice-qm')
    .option('--out <file>', 'where the key is written (else NAME.json)')
    .option('--public <file>', 'where the public half is written (else NAME.pub.json)')
    .option('--unencrypted', 'keep the key without a passphrase; whoever reads the disk then has it')
    .option('--json', 'print JSON')
    .action(makeCoordinatorKey)
  sub(command, 'found', 'Write the first root and the first members document of a new network.')
    .requiredOption('--coordinator <file>', 'public file of a coordinator; may be repeated', collected)
    .requiredOption(
      '--request <file>',
      'a request to found, of each first member; may be repeated',
      collected,
    )
    .requiredOption('--threshold <number>', 'how many coordinators must sign', wholeNumber)
    .option('--threshold-of-one', 'each coordinator alone may decide')
    .requiredOption('--expires <date>', 'YYYY-MM-DD, the first day on which both hold no more', asDay)
    .option('--folder <dir>', 'where the two are written', '.')
    .option('--json', 'print JSON')
    .action(foundNetwork)
  asListing(
    asTrusting(sub(command, 'import', 'Put signed documents into the trust file here, without a node.')),
  )
    .argument('<files...>', 'roots, members documents or a newer trust.json')
    .option('--new', 'make the trust file, which must not be there yet')
    .action(importFiles)
}

function sub(command: Command, name: string, description: string): Command {
  return command.command(name).description(description)
}

function asTrusting(command: Command): Command {
  return command.option('--trust <file>', 'the trust file (else as the settings say, else ./trust.json)')
}

function asFounding(command: Command): Command {
  return command.option(
    '--founding <file>',
    'the first root, for the first members document of a new network',
  )
}

function asNode(command: Command): Command {
  return command
    .option(
      '--url <url>',
      'address of a node to compare with and for "from-node" (FOCALPOINT_URL; else http://127.0.0.1:7700)',
    )
    .option('--token <token>', 'access token (FOCALPOINT_TOKEN); seen by others on this machine')
    .option('--token-file <file>', 'file that holds the access token (FOCALPOINT_TOKEN_FILE)')
}

function asProposal(command: Command): Command {
  return asNode(asTrusting(command))
    .option('--out <file>', 'where the proposal is written (else members-N.json or root-N.json)')
    .option('--json', 'print JSON')
}

function asEnding(command: Command): Command {
  return asProposal(command)
    .option(
      '--end <place>',
      'last place in a channel: torture=41:ID, capital=0, or from-node; may be repeated',
      collected,
    )
    .requiredOption('--reason <text>', 'why, for everybody to read')
    .option('--expires <date>', 'YYYY-MM-DD (else as before)', asDay)
}

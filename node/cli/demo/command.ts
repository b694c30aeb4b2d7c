import type { Command } from 'commander'
import { FocalpointError } from '#protocol'
import { asListing, type Listing, wholeNumber } from '../options.ts'
import { untilStopped } from '../stop.ts'
import { say } from '../talk.ts'
import { exampleCount, openAlliance } from './alliance.ts'
import { runDemonstration } from './demonstration.ts'
import { openFolder } from './folder.ts'
import { openHosts } from './hosts.ts'
import { sayRibbon } from './ready.ts'

interface DemoOptions extends Listing {
  nodes: number
  data?: string
  keep?: boolean
  portBase?: number
  pause: number
  seed: number
  seedData: boolean
}

const fewest = 2
const most = 62
/** Long enough to stop, short enough to wait for. */
const usualPauseSeconds = 10
/** Beyond six, nodes share processes: a process costs more memory than a node. */
const nodesPerProcess = 8

export function describeDemo(command: Command): void {
  asListing(command)
    .option(
      '--nodes <count>',
      `how many, ${fewest} to ${most}; more than ${exampleCount} is another Alliance`,
      wholeNumber,
      exampleCount,
    )
    .option('--data <dir>', 'keep the data there, and go on with what it holds (else in a temporary folder)')
    .option('--keep', 'leave the temporary folder when it ends')
    .option('--port-base <port>', 'port of the first node (else 7701, or the next free ones)', wholeNumber)
    .option(
      '--pause <seconds>',
      'after a release on the pages, in which sending can be stopped',
      wholeNumber,
      usualPauseSeconds,
    )
    .option(
      '--seed <number>',
      `for more than ${exampleCount} nodes: another seed gives other keys`,
      wholeNumber,
      1,
    )
    .option('--no-seed-data', 'start without notices', true)
    .action(demonstrate)
}

/** Whatever happens, the processes end first and the folder goes last. */
async function demonstrate(options: DemoOptions): Promise<void> {
  checkNodes(options.nodes)
  const stopped = untilStopped()
  await using opened = new AsyncDisposableStack()
  const folder = opened.use(await openFolder(options))
  if (options.keep || options.data !== undefined) opened.defer(() => say(`Kept in ${folder.path}`, options))
  const lots = lotsOf(options.nodes)
  const hosts = opened.use(openHosts(lots.length))
  sayRibbon(options.quiet)
  const alliance = await openAlliance(options)
  const running = runDemonstration({ ...options, folder: folder.path, hosts, alliance, lots })
  await Promise.race([running.then(() => stopped), stopped])
  // Stopped before it was ready, it fails on the way down: nobody needs to hear of it.
  running.catch(() => {})
}

function checkNodes(nodes: number): void {
  if (nodes >= fewest && nodes <= most) return
  const what = `--nodes must be ${fewest} to ${most}: one alone has nobody to tell.`
  throw new FocalpointError('usage', what, { what })
}

/** How many nodes each process hosts. */
function lotsOf(nodes: number): number[] {
  const processes = nodes <= exampleCount ? nodes : Math.ceil(nodes / nodesPerProcess)
  return Array.from({ length: processes }, (_, at) => Math.floor((nodes + at) / processes))
}

import type { Command } from 'commander'
import type { JsonObject } from '#protocol'
import { draftAnswer } from './answers.ts'
import { clientFrom } from './client.ts'
import { readJsonObject } from './input.ts'
import { asClient, collected, type Listing, type NodeAddress, wholeNumber } from './options.ts'
import { print, printJson, say } from './talk.ts'

interface ReportOptions extends NodeAddress, Listing {
  consignment?: string
  notice?: string
  item?: string
  verdict?: string
  place?: string
  office?: string
  direction?: string
  heldHours?: number
  disposal?: string
  sampleTaken?: boolean
  names?: string
  reader?: string[]
  text?: string
}

export function describeReport(command: Command): void {
  asClient(command)
    .argument('[file]', 'the report as JSON, with the consignment in it; - for stdin. Options add to it')
    .option('--consignment <id>', 'a consignment that you keep, instead of one in the file')
    .option('--notice <id>', 'the notice that it met')
    .option('--item <item>', 'or the item of the goods list')
    .option('--verdict <verdict>', 'seen, suspected, not-the-product, detained, seized, released, …')
    .option('--place <unlocode>', 'where it was seen')
    .option('--office <code>', 'or at which customs office')
    .option('--direction <direction>', 'export, import, transit, transhipment, postal, courier, …')
    .option('--held-hours <hours>', 'for how many hours the goods were held', wholeNumber)
    .option('--disposal <text>', 'what became of the goods')
    .option('--sample-taken', 'a sample was kept')
    .option('--names <audience>', 'who may read the names of the parties: channel, named or nobody')
    .option(
      '--reader <member>',
      'a participant, where the names are for named ones; may be repeated',
      collected,
    )
    .option('--text <text>', 'what was seen, in plain words')
    .action(draftSighting)
}

/** Drafts it and prints the id of the draft: another person releases it. */
async function draftSighting(file: string | undefined, options: ReportOptions): Promise<void> {
  const { json, quiet } = options
  const client = await clientFrom(options)
  const report = { ...(file === undefined ? {} : await readJsonObject(file)), ...reportOf(options) }
  const stored = await client.post('/v1/sightings', report, draftAnswer)
  if (json) printJson(stored)
  else print(stored.id)
  say(`Drafted. Another person releases it: focalpoint notice release ${stored.id}`, { quiet })
}

function reportOf(options: ReportOptions): JsonObject {
  const { consignment, notice, item, verdict, place, office, direction, names, reader, text } = options
  const { heldHours, disposal, sampleTaken } = options
  return {
    ...(consignment !== undefined && { consignmentId: consignment }),
    ...(notice !== undefined && { about: { notice } }),
    ...(item !== undefined && { about: { item } }),
    ...(verdict !== undefined && { verdict }),
    ...(place !== undefined && { place: { unlocode: place } }),
    ...(office !== undefined && { place: { customsOffice: office } }),
    ...(direction !== undefined && { direction }),
    ...(heldHours !== undefined && { heldHours }),
    ...(disposal !== undefined && { disposal }),
    ...(sampleTaken !== undefined && { sampleTaken }),
    ...(names !== undefined && { names: { to: names, ...(reader && { readers: reader }) } }),
    ...(text !== undefined && { text }),
  }
}

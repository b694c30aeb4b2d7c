import { apiStories } from './stories-api.ts'
import { webStories } from './stories-web.ts'

/** A test that shows several files at work, because none of them does anything alone. */
export interface Story {
  test: string
  /** What it shows. */
  shows: string
  /** Patterns of files that have no test of their own. */
  files: readonly string[]
}

export const stories: readonly Story[] = [
  ...apiStories,
  ...webStories,
  {
    test: 'test/protocol/vectors.test.ts',
    shows: 'what each text and document of the vectors must give, code by code',
    files: [
      'protocol/{beacon,envelope,errors,index,limits,notice,parts,patterns,sha256,signature,verdict}.ts',
      'protocol/registry/{document,index,keys,peer-id,registry}.ts',
    ],
  },
  {
    test: 'test/protocol/notices/index.test.ts',
    shows: 'what every type of notice must do, and its examples field by field',
    files: [
      'protocol/{draft,field-errors,notice-type,reading,trade-flow}.ts',
      'protocol/fields/*.ts',
      'protocol/notices/{acknowledgement,alert,correction,follow-up,sighting,withdrawal}.ts',
    ],
  },
  {
    test: 'test/protocol/parse-draft.test.ts',
    shows: 'every wrong field of a draft at once',
    files: ['protocol/draft-form.ts'],
  },
  {
    test: 'test/node/store/index.test.ts',
    shows: 'a store that opens, writes, closes and reads what it wrote',
    files: ['node/admission.ts', 'node/store/{admission-rows,heads,index-rows,mirror,notice-row}.ts'],
  },
  {
    test: 'test/node/store/check/checked.test.ts',
    shows: 'a store that is damaged in every way, set aside, and what is read of it',
    files: [
      'node/store/{level,schema}.ts',
      'node/store/check/{check-task,child,children,files,high-water,inspect,salvage,salvage-rows,sealer}.ts',
      'node/store/check/set-aside.ts',
    ],
  },
  {
    test: 'test/scripts/crash/flip.test.ts',
    shows: 'a node whose store was damaged, until it serves everything again',
    files: ['node/refill.ts'],
  },
  {
    test: 'test/node/store/registry.test.ts',
    shows: 'what a new members document makes void',
    files: ['node/store/void-rows.ts'],
  },
  {
    test: 'test/node/store/notices.test.ts',
    shows: 'notices with their parts and refs, both ways',
    files: ['node/store/{operation,parts-rows,ref-rows}.ts'],
  },
  {
    test: 'test/node/store/people.test.ts',
    shows: 'people and their tokens',
    files: ['node/store/tokens.ts'],
  },
  {
    test: 'test/node/network/gossip.test.ts',
    shows: 'nodes that find, judge and tell each other',
    files: ['node/network/{addresses,index,libp2p,loop,node-key,options,peers,registry-news,topics}.ts'],
  },
  {
    test: 'test/node/network/catch-up.test.ts',
    shows: 'logs that are asked for and answered, page by page, at any cut',
    files: ['node/network/{answer,ask,frames,poke,streams,turns}.ts'],
  },
  {
    test: 'test/network/rescreen.test.ts',
    shows: 'kept consignments that meet what comes, and sightings, between real nodes',
    files: ['node/{customs,kept-consignments,kept-quota}.ts', 'node/store/column-maps.ts'],
  },
  {
    test: 'test/node/cli/screen/command.test.ts',
    shows: 'files that are screened from the command line',
    files: ['node/cli/screen/{answers,input,out,report}.ts'],
  },
  {
    test: 'test/network/export.test.ts',
    shows: 'exports by the command line, and bundles that anyone verifies with no node',
    files: ['node/export-desk.ts', 'node/api/export/bundle.ts', 'node/cli/bundle/*.ts'],
  },
  {
    test: 'test/node/delivery/outbox.test.ts',
    shows: 'what each kind of event means to a subscription, and what becomes of it until it was told',
    files: [
      'node/{notice-facts,subscription}.ts',
      'node/delivery/{address,deliveries,event,index,limits,options,pause,pointer,refusal,replay,room,subscriptions}.ts',
      'node/desk/passing-on.ts',
      'node/store/{queue,subscriptions}.ts',
    ],
  },
  {
    test: 'test/network/deliveries.test.ts',
    shows: 'receivers in processes of their own, and nodes that tell them',
    files: ['node/deliver.ts'],
  },
  {
    test: 'test/node/audience.test.ts',
    shows: 'for whom the answer to a notice for named readers may be, and is unless it says so',
    files: ['node/desk/answer-readers.ts'],
  },
  {
    test: 'test/node/open-desk.test.ts',
    shows: 'which parts are given to whoever may not read names',
    files: ['node/desk/parts.ts'],
  },
  {
    test: 'test/node/cli/subscribe/command.test.ts',
    shows: 'subscriptions by the command line',
    files: ['node/cli/subscribe/{add,answers,change,deliveries,list}.ts'],
  },
  {
    test: 'test/node/keys.test.ts',
    shows: 'key files of every form, and what opens them',
    files: ['node/{key-file,secret-file}.ts'],
  },
  {
    test: 'test/node/cli/init/command.test.ts',
    shows: 'a new node as its staff makes it, with every answer as a flag',
    files: ['node/cli/{ask,passphrase}.ts', 'node/cli/init/{next-steps,questions,settings-file}.ts'],
  },
  {
    test: 'test/node/cli/keys/command.test.ts',
    shows: 'keys listed, rotated, stopped and sealed anew, as commands',
    files: ['node/cli/keys/{list,passphrase,standing,stop}.ts'],
  },
  {
    test: 'test/node/config.test.ts',
    shows: 'settings from file, environment and flags, and a word that was meant',
    files: ['node/{config-layers,config-schema,did-you-mean}.ts'],
  },
  {
    test: 'test/node/cli/program.test.ts',
    shows: 'every command, its help and what it loads',
    files: [
      'node/main.ts',
      'node/cli/{answers,commands,config,options,table,talk}.ts',
      'node/cli/{events,peers,person,status,token}.ts',
      'node/cli/notice/{command,draft,list,release,show,verify,withdraw}.ts',
    ],
  },
  {
    test: 'test/node/cli/doctor/command.test.ts',
    shows: 'what "doctor" finds in sound and in broken installations',
    files: ['node/cli/doctor/finding.ts'],
  },
  {
    test: 'test/node/vitals.test.ts',
    shows: 'what real nodes tell of themselves, of each other and to Prometheus',
    files: ['node/{gauges,metric-table}.ts', 'node/desk/peer-status.ts'],
  },
  {
    test: 'test/node/cli/exit.test.ts',
    shows: 'what is said, and the exit code, when a command fails',
    files: ['node/cli/failure.ts'],
  },
  {
    test: 'test/node/cli/verify.test.ts',
    shows: 'the verification of a file without a node',
    files: ['node/cli/{findings,input,progress,trust,verification}.ts'],
  },
  {
    test: 'test/node/cli/serve.test.ts',
    shows: 'what a node says of a bad start',
    files: ['node/cli/{log,stop}.ts'],
  },
  {
    test: 'test/network/decisions.test.ts',
    shows:
      'what the registry decides, and what a member says against its own key, in logs that are held already',
    files: [
      'node/{adopt,channels,decisions,evidence,follow-registry,force,forks}.ts',
      'node/store/{channels,leaving-rows}.ts',
    ],
  },
  {
    test: 'test/network/hostile.test.ts',
    shows: 'what each bad text gets at the gate of a real node, and that the honest logs go on',
    files: ['node/{admit,core,keepable,place,signing,tips}.ts'],
  },
  {
    test: 'test/node/screening/names/name-index.test.ts',
    shows: 'names that are found by other spellings of them',
    files: ['node/screening/names/{abjad,chains,compare-words,deletions,known-words,letters,runs,sound}.ts'],
  },
  {
    test: 'test/node/screening/screen.test.ts',
    shows: 'what a consignment meets, why, and which lane it gets',
    files: [
      'node/consignment.ts',
      'node/screening/{evidence,known-notice,match-notices,notice-index,reasons,rule}.ts',
      'node/screening/goods/{everyday-terms,listed-goods}.ts',
    ],
  },
  {
    test: 'test/node/sign-in/open.test.ts',
    shows: 'links, passwords and the sessions that they open, over a real store',
    files: ['node/sign-in/{secrets,sign-in}.ts', 'node/store/sign-in.ts'],
  },
  {
    test: 'test/node/sign-in/password-rules.test.ts',
    shows: 'which passwords are too easy to guess, and why',
    files: ['node/sign-in/tried-first.ts'],
  },
  {
    test: 'test/node/audit.test.ts',
    shows: 'a trail that grows, is listed, shortened at its beginning, and tampered with',
    files: ['node/store/audit.ts'],
  },
  {
    test: 'test/node/opened.test.ts',
    shows: 'what is new to an office, over a real store',
    files: ['node/store/opened.ts'],
  },
  {
    test: 'test/node/cli/demo/demonstration.test.ts',
    shows: 'the demonstration, from its first line to its last process',
    files: [
      'node/cli/demo/{alliance,command,folder,host,hosts,messages,ready,seed,spread}.ts',
      'node/{clock,open-desk,drafts,health,loops,metrics,node,node-options,people-rows,publish,release,share,view}.ts',
    ],
  },
  {
    test: 'test/network/backup.test.ts',
    shows: 'a backup of a running node put back beside living peers, and what never comes back',
    files: [
      'node/backup/{files,manifest,notices,rows-at-rest,rows-text,tally}.ts',
      'node/store/{at-rest,restored-rows,snapshot}.ts',
    ],
  },
  {
    test: 'test/node/cli/backup.test.ts',
    shows: 'the commands that back a node up and restore it, and whom they let',
    files: ['node/api/backups.ts', 'node/cli/restore.ts'],
  },
  {
    test: 'test/protocol/registry/changes.test.ts',
    shows: 'all that a members document or a root changes, in words',
    files: ['protocol/registry/{changes-member,changes-words}.ts'],
  },
  {
    test: 'test/node/cli/members/approve.test.ts',
    shows: 'coordinators who review, sign and import with files alone',
    files: [
      'node/cli/members/{assess,assessment-text,command,confirm,coordinator,example,files,import,list,review,trust}.ts',
    ],
  },
  {
    test: 'test/node/cli/members/propose.test.ts',
    shows: 'what coordinators propose for members and for the root',
    files: ['node/cli/members/rotate-root.ts'],
  },
  {
    test: 'test/node/cli/members/known-at-node.test.ts',
    shows: 'what a coordinator is told where a running node can be asked',
    files: ['node/cli/members/{newest,places-advice}.ts'],
  },
  {
    test: 'test/network/seventh-member.test.ts',
    shows: 'a member that is admitted to running nodes and suspended at its last place',
    files: ['node/cli/members/{places,publish}.ts'],
  },
]

/** A test that shows several files at work, because none of them does anything alone. */
export interface Story {
  test: string
  /** What it shows. */
  shows: string
  /** Patterns of files that have no test of their own. */
  files: readonly string[]
}

export const stories: readonly Story[] = [
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
      'protocol/{draft,field-errors,notice-type}.ts',
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
    files: [
      'node/network/{addresses,index,libp2p,loop,node-key,options,peers,registry-news,score,topics}.ts',
    ],
  },
  {
    test: 'test/node/network/catch-up.test.ts',
    shows: 'logs that are asked for and answered, page by page, at any cut',
    files: ['node/network/{answer,ask,frames,streams,turns}.ts'],
  },
  {
    test: 'test/node/api/access.test.ts',
    shows: 'every route, and who may use it',
    files: ['node/api/{app,desk,index,limits,listen,log,routes,server}.ts'],
  },
  {
    test: 'test/node/api/bodies.test.ts',
    shows: 'what good and bad bodies get, with every wrong field',
    files: ['node/api/{answers,failure,validate,problem}.ts'],
  },
  {
    test: 'test/node/api/openapi.test.ts',
    shows: 'the description of the API, and the schemas in it',
    files: ['node/api/{draft-components,responses,schemas}.ts'],
  },
  {
    test: 'test/node/api/events.test.ts',
    shows: 'events as pages and as a stream',
    files: ['node/api/event-stream.ts'],
  },
  {
    test: 'test/node/api/reading.test.ts',
    shows: 'what can be read besides notices, drafts and events',
    files: ['node/api/{goods,health,members,metrics,network,people,stats,times}.ts'],
  },
  {
    test: 'test/node/api/notices.test.ts',
    shows: 'notices as they are listed, page by page, and as signed text',
    files: ['node/api/{negotiate,paging}.ts'],
  },
  {
    test: 'test/node/config.test.ts',
    shows: 'settings from file, environment and flags, and a word that was meant',
    files: ['node/{config-layers,did-you-mean}.ts'],
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
    test: 'test/network/hostile.test.ts',
    shows: 'what each bad text gets at the gate of a real node, and that the honest logs go on',
    files: ['node/{admit,core,forks,keepable,place,signing,tips}.ts'],
  },
  {
    test: 'test/node/cli/demo/demonstration.test.ts',
    shows: 'the demonstration, from its first line to its last process',
    files: [
      'node/cli/demo/{alliance,command,folder,host,hosts,messages,ready,seed,spread}.ts',
      'node/{desk,drafts,health,loops,metrics,node,people-rows,publish,release,share,view}.ts',
    ],
  },
]

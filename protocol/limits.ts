/** Every limit of the protocol: its unit is in the name, its reason beside it. All sizes are of encoded bytes. */
export const limits = {
  /** Room for 4 digests, 24 references and the ids, with as much again to spare. */
  envelopeBytes: 4 * 1024,
  /** The longest real groundsSummary in six languages, twice over. */
  partBytes: 96 * 1024,
  /** body, nominal, readers, and one for a later version. */
  partsPerNotice: 4,
  /** One notice must fit a gossip frame with room for the frame's own bytes. */
  noticeBytes: 128 * 1024,
  /** Above this a frame is a mistake or an attack; gossipsub drops the peer's inbound stream. */
  frameBytes: 256 * 1024,
  /** A page of 512 records moves at some 100,000 records a second; one record a frame at a tenth of that. */
  noticesPerSyncPage: 512,
  /** What one catch-up may hold in memory and on the way, for each direction. */
  syncInFlightBytes: 1024 * 1024,
  /** A stalled catch-up frees its place after this. */
  streamIdleMs: 10_000,
  /** Two envelopes and the words around them. */
  forkProofBytes: 9 * 1024,
  /** A document of the size of an envelope and its signature. */
  stopBytes: 5 * 1024,
  /** Parsers recurse; an honest notice needs 7. */
  jsonDepth: 8,
  /** Nobody answers more notices at once; keeps the envelope within its bytes. */
  refsPerNotice: 24,
  /** All participants there could be, twice over. */
  readersPerNotice: 400,
  /** 62 members with names, keys and addresses take some 120 KiB. */
  membersDocumentBytes: 2 * 1024 * 1024,
  /** Coordinators gone bad who sign the highest number there is would leave none for those who come after them. */
  membersVersionsAhead: 1_000_000,
  rootDocumentBytes: 64 * 1024,
  /** In a document of the registry: 400 members need some 12,000. All are parsed before a signature can be checked. */
  documentCommas: 16 * 1024,
  /** Names in thirty scripts, a few nodes and contacts; some 2 KiB are usual. */
  joinRequestBytes: 16 * 1024,
  /** An officer's busy day is 20 notices; a burst is an outbox after a cut line. */
  noticesPerIssuerPerMinute: 60,
  noticesPerIssuerBurst: 200,
  /** An outbox with more waiting than this gossips only its newest: the rest is catch-up's. */
  outboxGossipMost: 100,
  /** Envelopes with a key that we cannot know yet, per sending peer. */
  heldUnknownKeyPerPeer: 32,
  /** Envelopes ahead of the log's head, per issuer and channel. */
  heldAheadPerLog: 64,
  /** Void notices kept as evidence, per key. */
  voidNoticesPerKey: 64,
  /** Ids asked for in one catch-up. */
  wantedIdsPerSync: 512,
  /** Messages of one sending peer that wait at the gate. */
  gateQueuePerPeer: 256,
  /** A claimed time further ahead than this is flagged; an issuing node this far off its peers does not sign. */
  clockToleranceSeconds: 600,
  /** After the registry has expired a node signs this much longer. */
  issuingGraceAfterExpirySeconds: 30 * 86_400,
} as const

interface MetricKind {
  help: string
  /** Each has few values, none of them an id. */
  labels?: readonly string[]
}

/** Counted where it happens; in the text of Prometheus `focalpoint_<name>_total`. */
export const counters = {
  answers_cut: { help: 'Answers to asking members that ended early.' },
  answers_refused: { help: 'Answers refused because this node was busy.' },
  beacon_failures: { help: 'Own beacons that could not be sent.' },
  beacons_ignored: { help: 'Beacons of others that were not taken.', labels: ['reason'] },
  catch_up_failures: { help: 'Rounds of catch-up that ended early.', labels: ['code'] },
  catch_up_rounds: { help: 'Rounds of catch-up with one member.', labels: ['reason', 'outcome'] },
  consignments_matched: { help: 'Kept consignments of which a new look said something else.' },
  delivery_attempts: { help: 'Attempts to tell receivers of webhooks.', labels: ['outcome'] },
  forks: { help: 'Forks proven since the start.' },
  gossip: { help: 'Gossip messages judged.', labels: ['topic', 'verdict'] },
  gossip_failures: { help: 'Gossip messages that could not be judged.', labels: ['topic'] },
  gossip_streams_lost: { help: 'Connections ended because their gossip stream was lost.' },
  issued: { help: 'Notices issued by this node.', labels: ['type'] },
  loop_errors: { help: 'Errors of inner loops that went on after them.' },
  peers_refused: { help: 'Peers that were cut off.', labels: ['reason'] },
  refused: { help: 'Notices refused at the gate.', labels: ['code', 'road'] },
  registry_refused: { help: 'Registry documents of members that were refused.' },
  registry_splits: { help: 'Two members documents with one version seen.' },
  screenings: { help: 'Consignments screened, drills not counted.', labels: ['lane'] },
  senders_slowed: { help: 'Peers that were read more slowly because they sent too much.' },
  split_views: { help: 'Two notices seen at one place of a log.' },
  stops: { help: 'Stops of keys taken since the start.' },
  voided: { help: 'Logs of which the registry made notices void.' },
} as const satisfies Record<string, MetricKind>

/** Measured when they are asked for; in the text of Prometheus `focalpoint_<name>`. */
export const gauges = {
  build_info: { help: 'Always 1; the label says which version runs.', labels: ['version'] },
  ready: { help: '1 when /readyz says ready.' },
  peers: { help: 'Other members by the status word of their node.', labels: ['status'] },
  peers_connected: { help: 'Members that this node is connected to.' },
  behind_notices: { help: 'Notices that others have told of and this node lacks.' },
  peers_behind_notices: { help: 'Notices held here that the member furthest behind lacks.' },
  held_by_all_ratio: { help: 'Share of logs whose newest notice every member of the channel holds, 0 to 1.' },
  notices: { help: 'Notices held, void ones not counted.' },
  consignments_kept: { help: 'Consignments that are kept to meet new notices.' },
  outbox_waiting: { help: 'Own notices that too few others hold yet.' },
  outbox_oldest_seconds: { help: 'Age of the oldest own notice that too few others hold yet; 0 for none.' },
  deliveries_waiting: { help: 'What is still to be told to receivers of webhooks.' },
  deliveries_oldest_seconds: { help: 'Age of what waits longest to be told to a receiver; 0 for none.' },
  deliveries_dead: { help: 'Deliveries that were given up and that nobody has asked for again.' },
  subscriptions: { help: 'Subscriptions that are active, or paused.', labels: ['state'] },
  signing: { help: '1 for the state that a channel is in.', labels: ['channel', 'state'] },
  registry_expiry_timestamp_seconds: { help: 'When the registry expires.' },
  key_expiry_timestamp_seconds: {
    help: 'When this node may issue no longer without a newer registry; 0 when no key of ours is in force.',
  },
  registry_version: { help: 'Version of the registry in force.', labels: ['document'] },
  clock_difference_seconds: { help: "Median of our peers' clocks less ours; absent while unknown." },
  disk_free_bytes: { help: 'Free on the disk of the store.' },
  disk_floor_bytes: { help: 'With less free than this nothing is taken in.' },
  store_bytes: { help: 'What the store takes on disk.' },
  store_writable: { help: '1 while the store can be written to.' },
  stores_set_aside: { help: 'Damaged stores that were set aside and still lie there.' },
  forks_open: { help: 'Forks that wait for the registry.' },
  stops_open: { help: 'Stopped keys that wait for the registry.' },
  alarms: { help: 'What somebody must look at, by code.', labels: ['code'] },
  last_backup_timestamp_seconds: { help: 'When the last good backup was made; 0 for never.' },
} as const satisfies Record<string, MetricKind>

export type GaugeName = keyof typeof gauges

// Screens what is kept in a store again, in a process of its own, and kills itself: `node rescreening-child.ts FOLDER`.
import { KeptConsignments } from '../../node/kept-consignments.ts'
import { Rescreening } from '../../node/rescreening.ts'
import { openStore } from '../../node/store/index.ts'
import { standInScreener } from './stand-in-screener.ts'

const [dir = ''] = process.argv.slice(2)
const store = await openStore({ dir })
const screener = standInScreener([{ words: 'baton', notice: store.feed.feedAfter(0, 1)[0]?.id ?? '' }])
screener.through = store.feed.lastCursor()
const now = () => 1_790_000_000
const kept = await KeptConsignments.open({
  store,
  screener,
  most: { inAll: 10_000, perPerson: 10_000, bytesPerPerson: 10_000_000 },
  now,
})
/** After so many it is killed, when they are written and their place in the feed is not. */
const most = 100
let told = 0
const onMatched = () => {
  told += 1
  if (told === most) process.kill(process.pid, 'SIGKILL')
}
const rescreening = new Rescreening({ store, screener, kept, now, onMatched })
await rescreening.run(new AbortController().signal)
await store[Symbol.asyncDispose]()

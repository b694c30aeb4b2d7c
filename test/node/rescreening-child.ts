// Screens what is kept in a store again, in a process of its own, to be killed: `node rescreening-child.ts FOLDER`.
import { writeSync } from 'node:fs'
import { KeptConsignments } from '../../node/kept-consignments.ts'
import { Rescreening } from '../../node/rescreening.ts'
import { openStore } from '../../node/store/index.ts'
import { standInScreener } from './stand-in-screener.ts'

const [dir = ''] = process.argv.slice(2)
const store = await openStore({ dir })
const screener = standInScreener([{ words: 'baton', notice: store.feed.feedAfter(0, 1)[0]?.id ?? '' }])
screener.through = store.feed.lastCursor()
const now = () => 1_790_000_000
const kept = await KeptConsignments.open({ store, screener, most: 10_000, now })
const onMatched = ({ id }: { id: string }) => void writeSync(1, `${id}\n`)
const rescreening = new Rescreening({ store, screener, kept, now, onMatched })
await rescreening.run(new AbortController().signal)
await store[Symbol.asyncDispose]()

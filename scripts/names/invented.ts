import { pick, seededRandom } from '../crash/random.ts'

const beginnings = wordsIn(
  'Al An Ar Bal Bar Bel Bor Bran Cal Car Cor Dal Dar Del Dor Dra El Er Fal Far Fen Gal Gar Gor Gran Hal Har Hel Jan Jor Kal Kar Kel Kor Kran Lan Lar Lor Mal Mar Mel Mor Nal Nar Nor Ol Or Pal Par Pel Quar Ral Ran Ros Sal San Sel Sor Stel Tal Tar Tor Tran Ul Val Var Vel Vor Wal Wes Yar Zan Zel',
)
const middles = wordsIn(
  'a e i o u ada ami ano are ato avi eda eli emo ena eri eto ida iko ila imo ina iro ito oba oda oka ola oma ona ora ota uda uka ula uma una ura uta',
)
const endings = wordsIn(
  'bert burg by cen dan dar del den dor fax ford gan gard gen ham heim ker kin lan land len ler lin ling lor man mark men mer mond mor nard nel ner nia nik nor novo rad ran rel ric rin ros sen sil son stan stein sten tal tan tex ther ton tor van vel ver via vik vin vor wick win zan',
)
const trades = wordsIn(
  'Trading|Industries|International|Engineering|Security Systems|Medical Supplies|Logistics|Import Export|Technologies|Equipment|Metal Works|Electronics|Textiles|Services|Manufacturing|Shipping|Protection|Machinery|Group|General Trading',
  '|',
)
const forms = wordsIn('Ltd LLC GmbH SARL Inc Co SA FZE BV Srl')

type Random = () => number

/** Distinct names of companies that do not exist, the same for the same seed. */
export function inventedNames(count: number, seed: number): string[] {
  const random = seededRandom(seed)
  const names = new Set<string>()
  while (names.size < count) names.add(inventedName(random))
  return [...names]
}

export function inventedName(random: Random): string {
  const words = random() < 0.45 ? [inventedWord(random), inventedWord(random)] : [inventedWord(random)]
  return [...words, pick(random, trades), pick(random, forms)].join(' ')
}

function inventedWord(random: Random): string {
  return pick(random, beginnings) + pick(random, middles) + pick(random, endings)
}

/** One or two letters left out, put in, mistaken or swapped. */
export function withTypos(name: string, random: Random): string {
  const once = withTypo(name, random)
  return random() < 0.5 ? once : withTypo(once, random)
}

function withTypo(name: string, random: Random): string {
  const at = 1 + Math.floor(random() * (name.length - 2))
  const letter = String.fromCharCode(97 + Math.floor(random() * 26))
  const kinds: readonly [() => string, ...(() => string)[]] = [
    () => name.slice(0, at) + name.slice(at + 1),
    () => name.slice(0, at) + letter + name.slice(at),
    () => name.slice(0, at) + letter + name.slice(at + 1),
    () => name.slice(0, at) + (name[at + 1] ?? '') + name[at] + name.slice(at + 2),
  ]
  return pick(random, kinds)()
}

function wordsIn(text: string, between = ' '): readonly [string, ...string[]] {
  const [first = '', ...rest] = text.split(between)
  return [first, ...rest]
}

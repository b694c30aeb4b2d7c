const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** The order of the base point of edwards25519: a signature (R, S) also satisfies the equation as (R, S + L). */
const orderL = 2n ** 252n + 27742317777372353535851937790883648493n
const blanks = [' ', '\n', '\r\n', '\t', '\u00a0', '\ufeff', '\0', '\v']

type Pieces = { header: string; payload: string; signature: string; rest: string }

/**
 * Different texts that a lenient reader could take for one signed notice, its own text first: other spellings of the
 * same bytes, other texts of the same JSON, and other forms of the same signature. At least `count` are to be had.
 */
export function variantsOf(text: string, count: number): string[] {
  const texts = new Set<string>([text])
  for (const variant of all(text)) {
    if (texts.size >= count) break
    texts.add(variant)
  }
  return [...texts]
}

function* all(text: string): Generator<string> {
  const [jws = '', ...parts] = text.split('~')
  const [header = '', payload = '', signature = ''] = jws.split('.')
  const pieces: Pieces = { header, payload, signature, rest: parts.join('~') }
  yield* strayBits(pieces)
  yield* otherJson(pieces)
  yield* otherSignatures(pieces)
  yield* otherForms(text, pieces)
  yield* padded(pieces)
  for (let length = 1; ; length++) yield* spaced(text, pieces, length)
}

function joined({ header, payload, signature, rest }: Pieces): string {
  return `${header}.${payload}.${signature}~${rest}`
}

/** Bits that belong to no byte: the last character of 64 bytes has four of them. */
function* strayBits(pieces: Pieces): Generator<string> {
  for (const name of ['signature', 'payload', 'header'] as const) {
    const encoded = pieces[name]
    const spare = [0, 0, 4, 2][encoded.length % 4] ?? 0
    const last = alphabet.indexOf(encoded.at(-1) ?? '')
    for (let bits = 1; bits < 2 ** spare; bits++) {
      yield joined({ ...pieces, [name]: encoded.slice(0, -1) + alphabet[last ^ bits] })
    }
  }
}

/** The same JSON in another text, for whoever parses before it verifies. */
function* otherJson(pieces: Pieces): Generator<string> {
  const changes: ((json: string) => string)[] = [
    json => ` ${json}`,
    json => `${json}\n`,
    json => json.replaceAll(',', ', '),
    json => json.replaceAll(':', ': '),
    json => `{${json.slice(1, -1).split(',').toReversed().join(',')}}`,
    json => json.replace('"alg"', '"\\u0061lg"'),
    json => json.replace('"iss"', '"\\u0069ss"'),
    json => json.replace('{', '{"alg":"none",'),
    json => json.replace('{', '{"iss":"QN",'),
    json => json.replace('}', ',"extra":1}'),
    json => json.replace('Ed25519', 'EdDSA'),
    json => json.replace('"alg":"Ed25519"', '"alg":"Ed25519","b64":false,"crit":["b64"]'),
    json => json.replace('"seq":1', '"seq":1.0'),
    json => json.replace('"seq":1', '"seq":1e0'),
    json => `\ufeff${json}`,
  ]
  for (const name of ['header', 'payload'] as const) {
    const json = Buffer.from(pieces[name], 'base64url').toString('utf8')
    for (const change of changes) {
      yield joined({ ...pieces, [name]: Buffer.from(change(json)).toString('base64url') })
    }
  }
}

function* otherSignatures(pieces: Pieces): Generator<string> {
  const bytes = Buffer.from(pieces.signature, 'base64url')
  const [point, scalar] = [bytes.subarray(0, 32), bytes.subarray(32)]
  let s = BigInt(`0x${Buffer.from(scalar).reverse().toString('hex')}`)
  for (let times = 1; times < 8; times++) {
    s += orderL
    const moved = Buffer.from((s % 2n ** 256n).toString(16).padStart(64, '0'), 'hex').reverse()
    yield joined({ ...pieces, signature: Buffer.concat([point, moved]).toString('base64url') })
  }
  yield joined({ ...pieces, signature: Buffer.concat([bytes, Buffer.alloc(1)]).toString('base64url') })
  yield joined({ ...pieces, signature: bytes.toString('base64') })
  yield joined({ ...pieces, signature: bytes.toString('hex') })
}

/** Other containers, and the parts in other ways. */
function* otherForms(text: string, { header, payload, signature, rest }: Pieces): Generator<string> {
  const jws = `${header}.${payload}.${signature}`
  const parts = rest.split('~').filter(part => part !== '')
  yield text.slice(0, -1)
  yield jws
  yield `${jws}~`
  yield `${jws}~~${rest}`
  yield `${text}~`
  yield `${text}${parts[0]}~`
  yield `${text}${jws}`
  yield `${jws}.~${rest}`
  yield `.${text}`
  yield `~${text}`
  yield `"${text}"`
  yield encodeURIComponent(text)
  yield text.replaceAll('.', '%2E')
  yield text.replaceAll('~', '%7E')
  yield `Bearer ${text}`
  yield JSON.stringify({ protected: header, payload, signature, disclosures: parts })
  yield JSON.stringify({ payload, signatures: [{ protected: header, signature }] })
}

function* padded(pieces: Pieces): Generator<string> {
  for (const name of ['header', 'payload', 'signature'] as const)
    for (const end of ['=', '==', '===']) yield joined({ ...pieces, [name]: `${pieces[name]}${end}` })
}

/** Blanks, which decoders of base64 pass over: there is no end of them. */
function* spaced(text: string, pieces: Pieces, length: number): Generator<string> {
  for (const blank of blanks) {
    const run = blank.repeat(length)
    yield `${run}${text}`
    yield `${text}${run}`
    for (const name of ['header', 'payload', 'signature'] as const) {
      const encoded = pieces[name]
      yield joined({ ...pieces, [name]: `${encoded}${run}` })
      yield joined({ ...pieces, [name]: `${run}${encoded}` })
      yield joined({ ...pieces, [name]: `${encoded.slice(0, 20)}${run}${encoded.slice(20)}` })
    }
  }
}

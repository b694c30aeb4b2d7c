import type { Draft, JsonObject } from '#protocol'
import { draft, good, type PartiesByKey, party, yearsAfter } from './build.ts'
import { idOf, type SeedStory } from './story.ts'

const antiTorture =
  'The prohibition of torture and other ill-treatment (Convention against Torture, articles 1 and 16).'
const noExecutions = 'The refusal to take part in executions (ATR, recitals and Annex IV; national law).'

interface Seen {
  ref: string
  /** The issuer's own file number. */
  file: string
  title: string
  urgency?: string
  item: string
  closest?: string[]
  product: string
  alsoKnownAs?: string[]
  maker: [country: string, name: string]
  /** `trader` where it only sells. */
  makerKind?: string
  seen: [date: string, place: string, country: string, context: string]
  design: string
  purposes: string
  rules?: string
  marks: string[]
  lookalikes?: string[]
  hs?: [code: string, why: string]
  confidence: number
  action?: string
  text: JsonObject
  card: string
  more?: JsonObject
}

function alert(given: Seen): Draft {
  const [date, place, country, context] = given.seen
  const [makerCountry, makerName] = given.maker
  const parties: PartiesByKey = {
    maker: party('manufacturer', makerCountry, given.makerKind ?? 'manufacturer', makerName),
  }
  return draft('alert', {
    body: {
      networkRef: given.ref,
      nationalRef: given.file,
      title: given.title,
      urgency: given.urgency ?? 'routine',
      goods: [good(given.item)],
      ...(given.closest === undefined ? {} : { closestItems: given.closest }),
      productName: given.product,
      brandNames: [given.product, ...(given.alsoKnownAs ?? [])],
      manufacturer: 'maker',
      designAndCharacteristics: given.design,
      allPurposes: given.purposes,
      rulesBroken: given.rules ?? antiTorture,
      identification: { visualMarks: given.marks, lookalikes: given.lookalikes ?? [] },
      ...(given.hs === undefined ? {} : likely(given.hs)),
      originCountries: [makerCountry],
      ...(given.action === undefined ? {} : { suggestedAction: given.action, pap: 'PAP:AMBER' }),
      firstSeen: { date, place, country, context },
      validUntil: yearsAfter(date, 2),
      cardText: { en: given.card },
      confidence: given.confidence,
      ...given.more,
    },
    text: given.text,
    tlp: 'TLP:GREEN',
    parties,
  })
}

function likely([code, why]: [code: string, why: string]): JsonObject {
  return { hsLikely: [{ code, edition: 'HS2022', ex: true, why }], hsProvisional: true }
}

const shockGlove = () =>
  alert({
    ref: 'QM-2026-1001',
    file: 'PA-QM-2026-001',
    title: 'Glove with palm electrodes marketed to prison staff',
    urgency: 'priority',
    item: 'shock-glove',
    closest: ['direct-contact-shock-weapon'],
    product: 'VoltPalm (fictional)',
    maker: ['XM', 'Imaginary Volt Devices Co'],
    seen: ['2026-02-02', 'FictiSec Expo 2026', 'XW', 'fair'],
    design: 'A glove with two contact electrodes in the palm and a battery in the cuff; it fires no dart.',
    purposes: 'None but to give electric shocks by touch to a person who is held.',
    marks: ['Two metal plates in the palm', 'Thick cuff with a charging socket'],
    lookalikes: ['Heated work gloves'],
    hs: ['854370', 'Electrical apparatus with a function of its own.'],
    confidence: 90,
    action: 'Hold and ask the focal point; propose for the list.',
    text: {
      en: 'A glove that gives electric shocks was shown at a fair. It is on no list.',
      fr: 'Un gant qui donne des décharges électriques a été présenté à un salon. Il ne figure sur aucune liste.',
      ar: 'عُرض في معرض قفاز يصعق بالكهرباء، وهو غير مدرج في أي قائمة.',
    },
    card: 'Glove, two metal plates in the palm, battery in the cuff: hold and ask.',
    more: {
      harmDescription: {
        text: 'Pain by electric shock to a person who cannot get away.',
        contentWarning: true,
      },
    },
  })

const irritantDrone = () =>
  alert({
    ref: 'XD-2026-1004',
    file: 'PA-XD-2026-004',
    title: 'Multicopter with eight-tube irritant dropper',
    item: 'aerial-irritant-impact-delivery',
    product: 'SkyMist 8 (fictional)',
    alsoKnownAs: ['drone lacrymogène', 'dron lanzagases'],
    maker: ['XP', 'Unreal Air Robotics Inc'],
    seen: ['2026-03-15', 'Maker’s web catalogue', 'XP', 'web'],
    design: 'A multicopter for 6 kg with eight tubes that drop irritant canisters by remote release.',
    purposes: 'None offered but to drop irritants on people.',
    marks: ['Eight tubes under the frame', 'Remote release'],
    lookalikes: ['Crop-spraying multicopters'],
    hs: ['880624', 'Unmanned aircraft, remote-controlled.'],
    confidence: 90,
    text: {
      en: 'A known good in a new form: irritants dropped from the air.',
      es: 'Un producto conocido en una forma nueva: irritantes lanzados desde el aire.',
    },
    card: 'Multicopter with eight downward tubes: hold and ask.',
    more: { urls: ['https://example.org/skymist-8'] },
  })

const stabilityAnklets = () =>
  alert({
    ref: 'QN-2026-1002',
    file: 'PA-QN-2026-002',
    title: '"Stability anklets" are weighted leg irons',
    item: 'bar-fetters-weighted-leg-restraints',
    product: 'Stability Anklet Pro (fictional)',
    maker: ['XM', 'Marlovia Bogus Metals Co'],
    seen: ['2026-04-20', 'An online shop', 'XM', 'web'],
    design: 'Steel anklets of 4 kg each with a keyed lock.',
    purposes: 'Claimed: physiotherapy. The wearer cannot take them off without a key.',
    marks: ['Keyed lock', '4 kg each'],
    lookalikes: ['Training weights with a strap'],
    hs: ['732690', 'Other articles of iron or steel.'],
    confidence: 60,
    text: { en: 'A prohibited good is sold under a harmless name.' },
    card: 'Steel anklet, 4 kg, keyed lock: leg iron. Hold.',
    more: { knownRoutes: [['XMPRT', 'XHHAR', 'XRPRT']] },
  })

const policeGoad = () =>
  alert({
    ref: 'XF-2026-1001',
    file: 'PA-XF-2026-001',
    title: 'Livestock goad with holster and police catalogue number',
    item: 'disciplinary-cattle-prod',
    closest: ['direct-contact-shock-weapon'],
    product: 'HerdMate P (fictional)',
    maker: ['XF', 'Farrowick Pretend Farm Supply'],
    makerKind: 'trader',
    seen: ['2026-05-11', 'Tender papers of a police force', 'XQ', 'tender'],
    design:
      'A short livestock goad with two electrodes, a belt holster and a catalogue number of a police force.',
    purposes: 'Moving cattle. With a holster it is carried by officers.',
    rules:
      'None as such: its use on people would be ill-treatment. No ban is proposed, sightings are asked for.',
    marks: ['Two electrodes', 'Belt holster'],
    lookalikes: ['Ordinary cattle goads without holster'],
    hs: ['854370', 'Electrical apparatus with a function of its own.'],
    confidence: 30,
    action: 'Report sightings of this model bound for police or prisons.',
    text: { en: 'A farm tool is offered to police. Please report sightings.' },
    card: 'Cattle goad with belt holster, bound for police: report.',
  })

const splitKit = () =>
  alert({
    ref: 'XE-2026-1003',
    file: 'PA-XE-2026-003',
    title: 'Stun module, switch and electrode sets sold as three listings',
    item: 'electric-discharge-weapon-kit',
    product: 'HV-Core 9 (fictional)',
    maker: ['XR', 'Nonexist Electronics Trading'],
    makerKind: 'trader',
    seen: ['2026-06-01', 'An online marketplace', 'XR', 'web'],
    design:
      'High-voltage module, trigger switch and electrode head, offered apart, that fit together without tools.',
    purposes: 'Hobby electronics are claimed; together they are a stun weapon.',
    marks: ['One thread on all three parts', 'Module marked 9'],
    lookalikes: ['Ignition modules'],
    hs: ['854390', 'Parts of electrical apparatus.'],
    confidence: 60,
    text: { en: 'A stun weapon is sold in parts: three listings make one weapon.' },
    card: 'High-voltage module, trigger, electrode head to one buyer: a kit.',
  })

const wardVisor = () =>
  alert({
    ref: 'QM-2026-1009',
    file: 'PA-QM-2026-009',
    title: 'Visor for ward staff that looks like a spit hood',
    item: 'spit-hood',
    product: 'WardShield (fictional)',
    maker: ['QM', 'Example Hospital Goods Ltd (fictional)'],
    seen: ['2026-06-30', 'Maker’s web catalogue', 'QM', 'web'],
    design: 'A clear hood with a visor, seen in pictures only.',
    purposes: 'Infection control is offered; use on detainees could not be ruled out from the pictures.',
    marks: ['Clear front', 'Elastic at the neck'],
    confidence: 50,
    text: { en: 'A hood from a hospital catalogue may be a spit hood.' },
    card: 'Clear hood with elastic: ask who wears it.',
  })

const wardVisorCleared = (of: string) =>
  draft('follow-up', {
    body: {
      of,
      finding: 'not-covered',
      outcome: 'Closed: worn by staff for infection control, not by patients or detainees.',
    },
    text: {
      en: 'The visor protects ward staff and cannot be closed from outside. The list does not cover it.',
    },
    tlp: 'TLP:GREEN',
    refs: [{ id: of, rel: 'follows' }],
  })

const thumbCuffs = () =>
  alert({
    ref: 'XH-2026-1002',
    file: 'PA-XH-2026-002',
    title: 'Thumb cuffs shown in a fair catalogue',
    item: 'thumb-finger-cuffs-screws',
    product: 'Digit-Lok (fictional)',
    maker: ['XV', 'Vendalia Sham Trading Free Zone Co'],
    makerKind: 'trader',
    seen: ['2026-09-17', 'FictiSec Expo 2026', 'XW', 'fair'],
    design: 'Steel cuffs for both thumbs; a serrated version is offered.',
    purposes: 'None but to hold a person by the thumbs, with pain.',
    marks: ['Two rings of about 2 cm', 'Serrated inside on one version'],
    hs: ['732690', 'Other articles of iron or steel.'],
    confidence: 90,
    text: { en: 'A prohibited good was advertised at a fair. No sale is known.' },
    card: 'Two small steel rings with a lock: thumb cuffs. Hold.',
  })

const inertGasSet = () =>
  alert({
    ref: 'XD-2026-1011',
    file: 'PA-XD-2026-011',
    title: 'Mask and regulator set in a corrections tender',
    urgency: 'priority',
    item: 'nitrogen-hypoxia-equipment',
    product: 'InertFit (fictional)',
    maker: ['XN', 'Makebelieve Gas Fittings LLC'],
    seen: ['2026-10-05', 'Tender papers of a corrections department', 'XN', 'tender'],
    design: 'A full-face mask with a regulator for inert gas.',
    purposes: 'Industrial breathing tests; offered here for executions.',
    rules: noExecutions,
    marks: ['Full-face mask without outlet filter', 'Regulator for nitrogen'],
    lookalikes: ['Masks for industrial breathing tests'],
    hs: ['902000', 'Breathing appliances.'],
    confidence: 60,
    text: { en: 'A gas set is asked for in a tender for executions. It is on no list.' },
    card: 'Full-face mask with nitrogen regulator, bound for corrections: hold and ask.',
  })

export const alerts: readonly SeedStory[] = [
  { story: 'PA-01', issuer: 'QM', drafts: [shockGlove] },
  { story: 'PA-02', issuer: 'XD', drafts: [irritantDrone] },
  { story: 'PA-03', issuer: 'QN', drafts: [stabilityAnklets] },
  { story: 'PA-04', issuer: 'XF', drafts: [policeGoad] },
  { story: 'PA-05', issuer: 'XE', drafts: [splitKit] },
  { story: 'PA-06', issuer: 'QM', drafts: [wardVisor, ids => wardVisorCleared(idOf(ids, 'PA-06'))] },
  { story: 'PA-07', issuer: 'XH', drafts: [thumbCuffs] },
  { story: 'PA-08', issuer: 'XD', drafts: [inertGasSet] },
]

/**
 * How a word in Latin letters sounds, roughly, so that romanisations of one word meet, whichever country made them
 * (Zhukov, Jukow; Yusuf, Jusuf; Mueller, Müller). Applied one after the other; capitals are sounds of their own.
 */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/^gk/g, 'g'],
  [/^mp/g, 'b'],
  [/^nt/g, 'd'],
  [/x/g, 'ks'],
  [/shch|sch|szcz|sh|sz/g, 'S'],
  [/tsch|tsh|tch|cz|ch/g, 'C'],
  [/kh/g, 'h'],
  [/dzh|zh|dj/g, 'j'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/dh/g, 'd'],
  [/gh/g, 'g'],
  [/c(?=[eiy])/g, 's'],
  [/ck|c|q/g, 'k'],
  [/tz|ts/g, 'z'],
  [/w/g, 'v'],
  [/ou|oo/g, 'u'],
  [/(?<=[^aeiou])[uo]e/g, 'u'],
  [/ae/g, 'a'],
  [/[jy]/g, 'i'],
  [/ee|ei|ie/g, 'i'],
  [/(.)\1+/g, '$1'],
]

export function soundOf(text: string): string {
  return respelled(text, sounds)
}

/** Consonants as Arabic and Hebrew have them, whose letters stand for several of ours. */
const bones: readonly (readonly [RegExp, string])[] = [
  [/x/g, 'ks'],
  [/tsch|tsh|tch|cz|ch|shch|sch|sh|sz/g, 'S'],
  [/kh/g, 'h'],
  [/dzh|zh|dj|j/g, 'J'],
  [/ph|v/g, 'f'],
  [/th/g, 't'],
  [/dh/g, 'd'],
  [/gh/g, 'g'],
  [/c(?=[eiy])/g, 's'],
  [/ck|c|q/g, 'k'],
  [/tz|ts/g, 'z'],
  [/p/g, 'b'],
  [/^ou(?=[aei])/g, 'w'],
  [/(?<=[aeiou])h$/g, ''],
  [/[aeiou]|(?<=.)[wy]/g, ''],
  [/(.)\1+/g, '$1'],
]

/** The consonants of a word in Latin letters: all that Arabic and Hebrew write down of most words. */
export function bonesOf(text: string): string {
  return respelled(text, bones)
}

function respelled(text: string, forms: readonly (readonly [RegExp, string])[]): string {
  return forms.reduce((before, [from, to]) => before.replace(from, to), text)
}

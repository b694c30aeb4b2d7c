/** Letter → the consonant that it stands for; those that only lengthen a vowel stand for none. */
const letters: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['', 'اأإآٱءئؤىةעא'],
    ['b', 'بپב'],
    ['t', 'تثطטת'],
    ['J', 'جژ'],
    ['S', 'شچש'],
    ['h', 'حخهחה'],
    ['d', 'دذضד'],
    ['z', 'زظזצץ'],
    ['r', 'رר'],
    ['s', 'سصס'],
    ['g', 'غگג'],
    ['f', 'فڤפף'],
    ['k', 'قكکקכך'],
    ['l', 'لל'],
    ['m', 'مמם'],
    ['n', 'نנן'],
    ['w', 'وו'],
    ['y', 'يیי'],
  ].flatMap(([consonant = '', all = '']) => [...all].map(letter => [letter, consonant])),
)

const script = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/** Whether it is written in a script that leaves most vowels out. */
export function isAbjad(run: string): boolean {
  return script.test(run)
}

/** The consonants of a word in Arabic or Hebrew letters, as `bonesOf` gives them of one in Latin letters. */
export function bonesOfAbjad(run: string): string {
  const all = [...run.replace(/[هةה]$/, '')].map(letter => letters[letter] ?? '').join('')
  return all.replace(/(?<=.)[wy]/g, '').replace(/(.)\1+/g, '$1')
}

/** Characters in the order in which fingers and memory find them: alphabets, and keyboards by row and by column. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзийклмнопрстуфхцчшщъыьэюя',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  '01234567890',
  '٠١٢٣٤٥٦٧٨٩٠',
  '!@#$%^&*()_+',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
  'ضصثقفغعهخحجد',
  'شسيبلاتنمكط',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
]

/** Of so many characters in a row it is no accident. */
const runLength = 4
const runs = new Set(rows.flatMap(row => [...runsIn([...row]), ...runsIn([...row].reverse())]))

/** What is left of a text in small letters when all that follows a row, forward or backward, is taken out. */
export function withoutRuns(text: string): string {
  const characters = [...text]
  const isTaken = characters.map(() => false)
  for (const at of characters.keys())
    if (runs.has(runAt(characters, at))) isTaken.fill(true, at, at + runLength)
  return characters.filter((_, at) => !isTaken[at]).join('')
}

function runsIn(row: readonly string[]): string[] {
  return row.slice(runLength - 1).map((_, at) => runAt(row, at))
}

function runAt(characters: readonly string[], at: number): string {
  return characters.slice(at, at + runLength).join('')
}

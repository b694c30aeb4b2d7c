import { businessWords as weightedWords } from './business-words.ts'
import { legalForms as formWords, connectors as joiningWords } from './legal-forms.ts'

/** Meaning → how much its words tell, and the words. */
export const commonWords: readonly { meaning: string; weight: number; words: readonly string[] }[] =
  Object.entries(weightedWords).map(([meaning, [weight, words]]) => ({
    meaning,
    weight,
    words: words.split(' '),
  }))

export const legalForms: readonly string[] = formWords.flatMap(words => words.split(' '))

export const connectors: readonly string[] = joiningWords.flatMap(words => words.split(' '))

/** Number → the words for it. */
export const numbers: Readonly<Record<string, readonly string[]>> = {
  '1': ['first', '1st', 'erste', 'первый', 'первая', 'الأول', 'الأولى', '第一', 'πρώτη'],
  '2': ['second', '2nd', 'ii', 'второй', 'الثانية', '第二'],
  '3': ['third', '3rd', 'iii', 'третий', 'الثالثة', '第三'],
}

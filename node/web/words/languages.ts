/** One file each in this folder; to come: fr, es, ru, zh. */
export const languages = ['en', 'ar'] as const
export type Language = (typeof languages)[number]

/** Each in its own words. */
export const languageNames: Record<Language, string> = { en: 'English', ar: 'العربية' }

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}

export function isLanguage(value: string | undefined): value is Language {
  return languages.some(each => each === value)
}

/** The first that we have of an Accept-Language header (RFC 9110, section 12.5.4), by weight. */
export function languageAccepted(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',')
    .map(each => {
      const [range = '', ...parameters] = each
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/)
      const weight = parameters.find(parameter => parameter.startsWith('q='))
      return { language: range.split('-')[0], weight: weight === undefined ? 1 : Number(weight.slice(2)) }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
  const found = wanted.map(({ language }) => language).find(language => isLanguage(language))
  return found ?? 'en'
}

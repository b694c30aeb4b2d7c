/** Whose words for months and days are tried; those of the pages, and of many keyboards. */
const languages = ['ar', 'de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'ru', 'tr', 'zh']
const monthsOfYear = Array.from({ length: 12 }, (_, month) => Date.UTC(2001, month, 1))
/** The first of January 2001 was a Monday. */
const daysOfWeek = Array.from({ length: 7 }, (_, day) => Date.UTC(2001, 0, 1 + day))

/** Of which most passwords are made that were ever made public, in small letters and without signs. */
const words = `
  password passwort passwd passphrase motdepasse contraseña senha parola wachtwoord haslo пароль كلمةالمرور
  admin administrator root user guest test tester testing demo sample default temp temporary change changeme
  login logon signin welcome willkommen bienvenue bienvenido bienvenidos benvenuto hello hallo bonjour hola salam
  letmein opensesame openup enter access secret topsecret geheim private secure security superuser master
  office ministry minister government department customs border licence license licensing export import trade
  computer internet server system windows microsoft google facebook apple samsung android network database
  iloveyou loveyou lovely love forever always sweetheart darling beautiful princess prince queen king angel
  baby babygirl family mother father brother sister friend friends freedom liberty peace justice
  jesus christ allah bismillah inshallah mohammed muhammad ahmed ali maria jose
  michael daniel jessica jennifer ashley thomas robert charlie george jordan andrew matthew joshua anthony nicole
  football baseball basketball soccer hockey liverpool chelsea arsenal barcelona realmadrid juventus champion
  dragon monkey tiger eagle falcon lion panther shadow killer hunter ranger ninja warrior pirate wizard
  superman batman spiderman starwars pokemon naruto matrix trustno1 whatever nothing something
  sunshine summer winter autumn spring flower rainbow butterfly chocolate cookie banana orange cheese pepper
  sommer herbst frühling primavera verano otoño invierno été hiver automne printemps estate autunno inverno
  лето зима весна осень привет любовь
  donald trustme mustang ferrari mercedes porsche harley yamaha yankees cowboys
  correcthorsebatterystaple thequickbrownfox jumpsoverthelazydog loremipsum dolorsitamet tobeornottobe
  maytheforcebewithyou onceuponatime twinkletwinkle maryhadalittlelamb winteriscoming openthepodbaydoors
  happybirthday happynewyear goodmorning goodluck thankyou fuckyou asshole
`
  .trim()
  .split(/\s+/)

/** Words that everybody who guesses tries first: the ones above, and in each language the months and days. */
export function triedFirst(): string[] {
  return [...words, ...languages.flatMap(monthsAndDays)]
}

function monthsAndDays(language: string): string[] {
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
  const day = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  return [...monthsOfYear.map(at => month.format(at)), ...daysOfWeek.map(at => day.format(at))]
}

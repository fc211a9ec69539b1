/** One entry of a list to choose from. */
interface Choice {
  readonly value: string
  readonly label: string
}

/** Languages whose way of writing dates and numbers people here are likely to want. */
const LANGUAGES = [
  ...['ar', 'bg', 'bn', 'cs', 'da', 'de-AT', 'de-CH', 'de-DE', 'el', 'en-AU', 'en-CA', 'en-GB', 'en-IN'],
  ...['en-US', 'es-ES', 'es-MX', 'et', 'fa', 'fi', 'fr-BE', 'fr-CA', 'fr-CH', 'fr-FR', 'he', 'hi', 'hr'],
  ...['hu', 'id', 'it-IT', 'ja', 'ko', 'lt', 'lv', 'nb', 'nl-BE', 'nl-NL', 'pl', 'pt-BR', 'pt-PT', 'ro'],
  ...['ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'vi', 'zh-CN', 'zh-TW'],
]

/** Languages to choose from, each in its own words. */
export function languageChoices(current: string): Choice[] {
  return [...new Set([...LANGUAGES, current])]
    .map((value) => ({ value, label: languageName(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** Time zones to choose from, with how far they are from UTC now. */
export function timeZoneChoices(current: string, now = new Date()): Choice[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', current])]
    .toSorted()
    .map((value) => ({ value, label: `${value.replaceAll('_', ' ')} (${offset(value, now)})` }))
}

function offset(timeZone: string, now: Date): string {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now)
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    return name === 'GMT' ? 'UTC+00:00' : name.replace('GMT', 'UTC')
  } catch {
    return '?'
  }
}

/** Environment variables that other programs set and that differ from one of our settings by little. */
const COMMON_VARIABLES: ReadonlySet<string> = new Set(['MAIL', 'PATH', 'HOSTNAME', 'HOSTTYPE', 'LOGNAME'])

/** First words that only our settings begin with: `SMTP` or `SMTP_SERVER` is meant for this program. */
const OWN_FIRST_WORDS: ReadonlySet<string> = new Set([
  'CORS',
  'DATABASE',
  'MESH',
  'RTC',
  'SMTP',
  'STUN',
  'TURN',
])

export interface MisspelledName {
  readonly name: string
  /** The setting that was probably meant. */
  readonly nearest: string
}

/**
 * Names that are not settings but look like a misspelled one.
 *
 * @param given names of environment variables, most of which belong to other programs
 */
export function findMisspelled(given: readonly string[], settings: readonly string[]): MisspelledName[] {
  return given.flatMap((name) => {
    const spelled = name.toUpperCase()
    if (settings.includes(name) || COMMON_VARIABLES.has(spelled)) return []
    const [nearest, distance] = findNearest(spelled, settings)
    const isOurs = OWN_FIRST_WORDS.has(spelled.split('_')[0] ?? '') || distance <= toleratedEdits(nearest)
    return isOurs ? [{ name, nearest }] : []
  })
}

/** In a short name, two edits make any word out of any other. */
const toleratedEdits = (name: string): number => (name.length <= 6 ? 1 : 2)

function findNearest(
  name: string,
  settings: readonly string[],
): readonly [nearest: string, distance: number] {
  let best: readonly [string, number] = ['', Number.POSITIVE_INFINITY]
  for (const setting of settings) {
    // Somebody who writes only the beginning means the setting that goes on.
    const distance = setting.startsWith(`${name}_`) ? 1 : editDistance(name, setting)
    if (distance < best[1]) best = [setting, distance]
  }
  return best
}

/** Characters to insert, remove, replace, or swap with their neighbor (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows: number[][] = []
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 0; row <= a.length; row += 1) {
    const current: number[] = []
    rows.push(current)
    for (let column = 0; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const replaced = at(row - 1, column - 1) + (isSame ? 0 : 1)
      const swapped = isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY
      const cheapest = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, replaced, swapped)
      current.push(row + column === 0 ? 0 : cheapest)
    }
  }
  return at(a.length, b.length)
}

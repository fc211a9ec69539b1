import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library'

const names = new Set(tzlib_get_timezones())

/** Whether there is a VTIMEZONE for the zone. */
export function hasTimeZoneBlock(timeZone: string): boolean {
  return find(timeZone) !== undefined
}

/**
 * The VTIMEZONE of a zone with the rules of its clock, named `timeZone`.
 *
 * @throws {Error} when there is none; `isTimeZone` tells beforehand
 */
export function timeZoneBlock(timeZone: string): string {
  const block = find(timeZone)
  if (block === undefined) throw new Error(`No VTIMEZONE for ${timeZone}.`)
  return block.replace(/^TZID:.*$/m, `TZID:${timeZone}`)
}

function find(timeZone: string): string | undefined {
  return lookUp(timeZone) ?? lookUp(new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone)
}

function lookUp(name: string): string | undefined {
  // Asked for a name that it does not know, the library writes to the console.
  return names.has(name) ? tzlib_get_ical_block(name)[0] : undefined
}

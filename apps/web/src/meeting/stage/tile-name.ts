import { handsText } from '../../features/hands/text.ts'
import type { PersonView } from '../../store/meeting-slice.ts'
import { tileText } from '../text.ts'

/** A tile's accessible name: the person, then their state. */
export function tileName(person: PersonView): string {
  return [
    person.isLocal ? tileText.you(person.name) : person.name,
    person.muted && tileText.muted,
    person.hand > 0 && handsText.raised,
    person.reconnecting && tileText.reconnecting,
  ]
    .filter(Boolean)
    .join(', ')
}

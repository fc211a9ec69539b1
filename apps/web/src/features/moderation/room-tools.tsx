import { useLeadOn } from '../layout/use-leading.ts'
import { KnockToast } from '../waiting-list/knock-toast.tsx'

/** What goes on in the room for those who have a say in it. */
export function RoomTools() {
  useLeadOn()
  return <KnockToast />
}

import { DeviceCare } from './devices/device-care.tsx'
import { SavingCare } from './saving/saving-care.tsx'

/** What the room does by itself about devices and a bad connection, and says of them over the stage. */
export function RoomCare() {
  return (
    <>
      <DeviceCare />
      <SavingCare />
    </>
  )
}

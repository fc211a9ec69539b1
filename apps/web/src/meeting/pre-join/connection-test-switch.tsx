import { createLate } from '../../room/use-late.ts'
import { preJoinText } from '../text.ts'
import { useDisclosure } from './use-disclosure.tsx'

const useLateTest = createLate(() => import('../../features/connection-test/connection-test.tsx'))

/** Loaded when it is wanted: most people just join. */
export function ConnectionTestSwitch() {
  const [open, button] = useDisclosure(preJoinText.testConnection)
  const late = useLateTest(open)
  return (
    <div>
      {button}
      {late ? <late.ConnectionTest linked /> : null}
    </div>
  )
}

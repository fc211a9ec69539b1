import { useState } from 'react'
import { createLate } from '../../room/use-late.ts'
import { preJoinText } from '../text.ts'

const useLateTest = createLate(() => import('../../features/connection-test/connection-test.tsx'))

/** Loaded when it is wanted: most people just join. */
export function ConnectionTestSwitch() {
  const [open, setOpen] = useState(false)
  const late = useLateTest(open)
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-2 min-h-11 rounded-control px-2 font-semibold text-accent-text hover:bg-accent-soft"
      >
        {preJoinText.testConnection}
      </button>
      {late ? <late.ConnectionTest /> : null}
    </div>
  )
}

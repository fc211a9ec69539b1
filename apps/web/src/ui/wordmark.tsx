import { Link } from 'react-router'
import { PRODUCT_NAME } from '../lib/text.ts'
import markUrl from './mark.svg'

/** The product's mark and name, leading to the start page. */
export function Wordmark() {
  return (
    <Link to="/" className="inline-flex min-h-11 items-center gap-2.5 rounded-control pr-2">
      <img src={markUrl} alt="" width={32} height={32} />
      <span className="text-[1.0625rem] font-semibold tracking-tight text-ink">{PRODUCT_NAME}</span>
    </Link>
  )
}

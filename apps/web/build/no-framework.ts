/**
 * Stands in for the part of React Router that only its framework mode uses: prefetching, and tags that a server renders. It
 * has what links import from it, doing nothing, and the names that unused modules import.
 */
export const NO_FRAMEWORK = `
import { createContext } from 'react'
export const FrameworkContext = createContext(undefined)
export const PrefetchPageLinks = () => null
export const mergeRefs = (ref) => ref
export const usePrefetchBehavior = () => [false, null, {}]
const nothing = () => null
export {
  nothing as Links, nothing as Meta, nothing as Scripts, nothing as setIsHydrated, nothing as useFrameworkContext,
  nothing as CRITICAL_CSS_DATA_ATTRIBUTE,
}
`

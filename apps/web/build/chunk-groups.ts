const START = ['react', 'react-dom', 'react-router', 'scheduler'].join('|')
const LIBRARIES = [
  'use-sync-external-store',
  '@reduxjs/toolkit/dist/redux-toolkit',
  'immer',
  'react-redux',
  'redux',
  'redux-thunk',
  'zod',
]
const ICONS = ['check', 'chevron-down', 'circle-(?:alert|exclamation-point)', 'link-2', 'x']

/**
 * Modules that stay together in one file, the first group that matches taking what it needs along. Left to itself, the
 * bundler cuts what a call shares with other pages, and with those of its own parts that come later, into a dozen files,
 * which weigh more than one: whoever joins would carry 3 kB for what they do not see.
 */
export const CHUNK_GROUPS = [
  { name: 'start', test: new RegExp(`/node_modules/(?:${START})/`) },
  { name: 'page', test: /\/apps\/web\/src\/main\.tsx$/ },
  {
    name: 'shared',
    test: new RegExp(
      [
        `/node_modules/(?:${LIBRARIES.join('|')})(?:/|\\.)`,
        '/packages/client/src/(?:errors|rest/rest-|core/(?:store|safe-call))',
        '/packages/protocol/src/(?:error-code|ids|meeting-code|shapes|text)\\.ts',
        '/packages/protocol/src/rest/(?:meetings|paging|people|policy|route)\\.ts',
        '/apps/web/src/lib/(?:copy-text|failure-text|initials|invitation-token)\\.ts',
        '/apps/web/src/ui/(?:avatar|dialog|icon-button)\\.tsx',
        `/lucide-react/dist/esm/icons/(?:${ICONS.join('|')})\\.mjs`,
      ].join('|'),
    ),
  },
  { name: 'call', test: /\/apps\/web\/src\/meeting\/meeting-screen\.tsx$/ },
]

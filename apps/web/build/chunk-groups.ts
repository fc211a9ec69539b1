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
const SMALL_ICONS = [
  'cloud-off',
  'copy',
  'door-open',
  'download',
  'ellipsis',
  'link-2-off',
  'monitor-smartphone',
  'pencil',
  'search-x',
  'shield-check',
  'user-round-minus',
]
const ICONS = ['check', 'chevron-down', 'circle-(?:alert|exclamation-point)', 'link-2', 'x']

/**
 * Modules that stay together in one file, the first group that matches taking what it needs along. Left to itself, the
 * bundler cuts what a call shares with other pages, and with those of its own parts that come later, into a dozen files,
 * which weigh more than one: whoever joins would carry 3 kB for what they do not see.
 */
export const CHUNK_GROUPS = [
  { name: 'start', test: new RegExp(`/node_modules/(?:${START})/`) },
  {
    name: 'page',
    test: new RegExp(
      [
        '/apps/web/src/main\\.tsx$',
        // What the start page shares with the call.
        '/apps/web/src/lib/(?:host-token|meeting-link|session-hint|text|use-new-meeting|use-page-title)\\.ts',
        '/apps/web/src/ui/(?:button|page-frame|spinner|text-field)\\.tsx',
        '/lucide-react/dist/esm/icons/(?:server|video)\\.mjs',
      ].join('|'),
    ),
  },
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
  {
    // Of a few hundred bytes each, for several of the parts that come later: the call would list every one of them.
    name: 'small',
    test: new RegExp(
      [
        `/lucide-react/dist/esm/icons/(?:${SMALL_ICONS.join('|')})\\.mjs`,
        '/apps/web/src/lib/(?:amounts|dates)\\.ts',
        '/apps/web/src/ui/(?:badge|switch-row|search-field|confirm-dialog|page-heading)\\.tsx',
        '/packages/client/src/devices/test-tone\\.ts',
      ].join('|'),
    ),
  },
  { name: 'call', test: /\/apps\/web\/src\/meeting\/meeting-screen\.tsx$/ },
]

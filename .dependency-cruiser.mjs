/**
 * The directions in which imports may point (docs/architecture.md): packages, floors inside a package,
 * features that do not know each other, libraries behind walls, no runtime cycle.
 */
import { Visitor } from '@swc/core/Visitor.js'

// The visitor through which dependency-cruiser walks swc's trees throws at `using` declarations.
// oxlint-disable-next-line typescript/unbound-method -- called with `this` below
const visitStatement = Visitor.prototype.visitStatement
Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement)
  this.visitVariableDeclarators(statement.decls)
  return statement
}

/** Floors from the top down. A place may import from places on lower floors only. */
const HOUSES = [
  {
    name: 'server',
    base: 'apps/server/src',
    floors: [
      ['main'],
      ['app'],
      ['features'],
      ['room'],
      ['signaling', 'sfu', 'http', 'jobs'],
      ['db', 'storage'],
      ['mail', 'calendar'],
      ['platform'],
    ],
    apart: ['config'],
  },
  {
    name: 'client',
    base: 'packages/client/src',
    floors: [
      ['index', 'testing'],
      ['room', 'check'],
      ['stats', 'local-participant'],
      ['features', 'topology', 'devices', 'participant'],
      ['signaling', 'track', 'rest'],
      ['errors'],
      ['core'],
    ],
    apart: [],
  },
  {
    name: 'web',
    base: 'apps/web/src',
    floors: [
      ['main'],
      ['app'],
      ['meeting', 'dashboard', 'pages'],
      ['features'],
      ['room'],
      ['store'],
      ['ui'],
      ['lib'],
    ],
    apart: [],
  },
]

const TEST_FILE = '\\.test\\.tsx?$'
const APP_CODE = '^(apps|packages)/[^/]+/src/'

const place = (base, names) => `^${base}/(${names.join('|')})(/|[.-])`

function floorRules({ name, base, floors, apart }) {
  const rules = floors.flatMap((floor, index) =>
    floor.map((here) => {
      const higher = floors.slice(0, index).flat()
      const siblings = floor.filter((other) => other !== here)
      return {
        name: `${name}-floors`,
        comment: `${base}/${here} may import only from floors below it.`,
        severity: 'error',
        from: { path: place(base, [here]), pathNot: TEST_FILE },
        to: { path: place(base, [...higher, ...siblings]), pathNot: place(base, [here]) },
      }
    }),
  )
  const known = [...floors.flat(), ...apart]
  rules.push({
    name: `${name}-place-without-a-floor`,
    comment: `${base}/ has no such place: put the file into one of ${known.join(', ')}.`,
    severity: 'error',
    from: { path: `^${base}/`, pathNot: [place(base, known), TEST_FILE, '\\.d\\.ts$'] },
    to: {},
  })
  return rules.filter(({ to }) => to.path !== `^${base}/()(/|[.-])`)
}

function wall(library, { packages, inside, comment, to = {} }) {
  return {
    name: `wall-around-${library}`,
    comment,
    severity: 'error',
    from: { path: APP_CODE, pathNot: [...inside, TEST_FILE] },
    to: { path: `(^|/)node_modules/(${packages.join('|')})/`, ...to },
  }
}

const packageRules = [
  {
    name: 'protocol-stands-alone',
    comment: 'The contract imports nothing but zod.',
    severity: 'error',
    from: { path: '^packages/protocol/' },
    to: { path: '^(apps|packages/(?!protocol/)|e2e|bench|scripts)' },
  },
  {
    name: 'client-knows-only-the-protocol',
    severity: 'error',
    from: { path: '^packages/client/' },
    to: { path: '^(apps|e2e|bench|scripts)/' },
  },
  {
    name: 'server-knows-only-the-protocol',
    comment: 'Only the tests of the server may use the client.',
    severity: 'error',
    from: { path: '^apps/server/src/', pathNot: TEST_FILE },
    to: { path: '^(apps/(?!server/)|packages/(?!protocol/)|e2e|bench|scripts)' },
  },
  {
    name: 'web-does-not-know-the-server',
    severity: 'error',
    from: { path: '^apps/web/', pathNot: '^apps/web/test/' },
    to: { path: '^(apps/server|e2e|bench|scripts)/' },
  },
  {
    name: 'packages-have-doors',
    comment: 'Import a package by its name, not a file inside it.',
    severity: 'error',
    from: { path: '^(?:apps|packages)/([^/]+)/' },
    to: {
      path: '^packages/',
      pathNot: [
        '^packages/$1/',
        '^packages/(protocol|client)/src/(index|english|testing/index)\\.ts$',
        '^packages/client/src/core/browser\\.ts$',
      ],
    },
  },
  {
    name: 'config-is-handed-in',
    comment: 'Only main and app read the configuration; everything else is given values.',
    severity: 'error',
    from: { path: '^apps/server/src/', pathNot: ['^apps/server/src/(main|app|config)[./-]', TEST_FILE] },
    to: { path: '^apps/server/src/config[./-]' },
  },
  {
    name: 'no-tests-in-the-product',
    severity: 'error',
    from: { path: APP_CODE, pathNot: [TEST_FILE, '/src/testing/'] },
    to: { path: [TEST_FILE, '^packages/client/src/testing/', '^apps/server/test/'] },
  },
]

const featureRules = [
  {
    name: 'features-do-not-know-each-other',
    severity: 'error',
    from: { path: '^(apps/[^/]+)/src/features/([^/]+)/', pathNot: TEST_FILE },
    to: { path: '^$1/src/features/[^/]+/', pathNot: '^$1/src/features/$2/' },
  },
  {
    name: 'features-do-not-know-each-other',
    severity: 'error',
    from: {
      path: '^packages/client/src/features/([^/.]+)',
      pathNot: [TEST_FILE, '/features/registry\\.ts$'],
    },
    to: {
      path: '^packages/client/src/features/',
      pathNot: '^packages/client/src/features/($1|feature)[/.-]',
    },
  },
]

const walls = [
  wall('mediasoup', { packages: ['mediasoup'], inside: ['^apps/server/src/sfu/'] }),
  wall('mediasoup-client', {
    packages: ['mediasoup-client'],
    inside: ['^packages/client/src/topology/sfu/'],
  }),
  wall('socket.io', {
    packages: ['socket\\.io'],
    inside: ['^apps/server/src/signaling/signaling-server\\.ts$'],
  }),
  wall('socket.io-client', {
    packages: ['socket\\.io-client'],
    inside: ['^packages/client/src/signaling/socket-io-channel\\.ts$'],
  }),
  wall('sql', {
    packages: ['@mikro-orm/[^/]+', 'kysely'],
    inside: [
      '^apps/server/src/db/',
      '^apps/server/src/features/.+-store\\.ts$',
      '^apps/server/src/jobs/.+-store\\.ts$',
    ],
    comment: 'SQL stays in db/ and in the stores.',
  }),
  wall('zod', {
    packages: ['zod'],
    inside: ['^packages/protocol/', '^apps/server/src/config\\.ts$', '^apps/server/src/http/'],
    comment: 'Others parse with the schemas of the protocol; they may name the types of zod.',
    to: { dependencyTypesNot: ['type-only'] },
  }),
  wall('react', {
    packages: [
      'react',
      'react-dom',
      'react-router',
      'react-redux',
      '@reduxjs/toolkit',
      'react-aria-components',
    ],
    inside: ['^apps/web/'],
  }),
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-runtime-cycle',
      comment: 'Give the lower one an interface in a file of its own, or a callback.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...packageRules,
    ...HOUSES.flatMap(floorRules),
    ...featureRules,
    ...walls,
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(apps/web/dist|e2e/test-results|e2e/playwright-report)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'browser', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css', '.json'],
    },
  },
}

/**
 * The rooms of the house, as errors. Arrows point towards lib/domain; what a room may reach is listed, so a new
 * room is closed until its row is written here. lib/testing/fence.test.ts proves that each rule fires.
 */

const tests = '\\.(test|contract)\\.tsx?$|^lib/testing/';
const localCode = '^(app|components|lib|e2e|scripts)/|^(proxy|instrumentation)\\.ts$';

/** A package, whether it was resolved or not. */
const packages = (...names) => `(^|node_modules/)(@types/)?(${names.join('|')})(/|$)`;

/** Everything a room may import from the checkout besides packages. Tests may reach further. */
const room = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: tests },
  to: { path: localCode, pathNot: allowed },
});

const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

const rooms = [
  room(
    'app',
    '^app/',
    '^app/|^components/|^lib/(server|auth|client|domain|words|utils)/',
    'Pages show: they read through lib/server and never see a table, a vendor or the settings.',
  ),
  room(
    'proxy',
    '^proxy\\.ts$',
    '^lib/(auth|domain|utils)/|^lib/env(-settings)?\\.ts$',
    'proxy.ts runs before every request: a signature check, a redirect and the CSP, no database.',
  ),
  room(
    'instrumentation',
    '^instrumentation\\.ts$',
    '^lib/(jobs|server|utils)/|^lib/env(-settings)?\\.ts$',
    'instrumentation.ts starts the jobs and nothing else.',
  ),
  room(
    'components-ui',
    '^components/ui/',
    '^components/ui/|^lib/utils/',
    'Primitives know no product words, so they can be read and replaced alone.',
  ),
  room(
    'components-charts',
    '^components/charts/',
    '^components/(charts|ui)/|^lib/(domain|words|utils)/',
    'Charts are fed ready-made series.',
  ),
  room(
    'components-layout',
    '^components/layout/',
    '^components/(layout|ui)/|^lib/(domain|words|client|utils)/',
    'The frame draws; it does not authorize, so it needs no server code.',
  ),
  room(
    'components-noun',
    '^components/(?!ui/|charts/|layout/)([^/]+)/',
    '^components/($1|ui|charts|layout)/|^lib/(domain|words|client|utils)/',
    'A noun draws itself. What two nouns share belongs in ui, charts, layout or the domain.',
  ),
  room(
    'client',
    '^lib/client/',
    '^lib/(client|domain|words|actions|utils)/|^lib/auth/client\\.ts$',
    'Hooks of the browser reach the server through actions and the JSON reads only.',
  ),
  room(
    'actions',
    '^lib/actions/',
    '^lib/(actions|server|auth|domain|utils)/',
    'Actions translate: session to actor, parse, call the verb, map the error.',
  ),
  room(
    'server',
    '^lib/server/',
    '^lib/(server|db|domain|words|utils)/|^lib/providers/(port|registry|provider-error|rate-limiter)\\.ts$|^lib/env(-settings)?\\.ts$',
    'Verbs speak to a provider through its port, so that a second vendor changes no verb.',
  ),
  room(
    'jobs',
    '^lib/jobs/',
    '^lib/(jobs|server|db|domain|utils)/|^lib/env(-settings)?\\.ts$',
    'Jobs call the same verbs as people do.',
  ),
  room(
    'auth',
    '^lib/auth/',
    '^lib/(auth|server|domain|utils)/|^lib/env(-settings)?\\.ts$',
    'Sessions are rows, and rows are read by verbs of lib/server.',
  ),
  room(
    'db',
    '^lib/db/',
    '^lib/(db|domain|utils)/|^lib/env(-settings)?\\.ts$',
    'Tables know the words of the domain and nothing of those who use them.',
  ),
  room(
    'adapters',
    '^lib/providers/([^/]+)/',
    '^lib/providers/($1|http)/|^lib/providers/(?!registry\\.ts)[^/]+\\.ts$|^lib/(domain|utils)/',
    'An adapter gets its configuration passed in and knows no other adapter, no table and no setting.',
  ),
  room(
    'providers-port',
    '^lib/providers/(?!registry\\.ts)[^/]+\\.ts$',
    '^lib/providers/(?!registry\\.ts)[^/]+\\.ts$|^lib/providers/http/|^lib/(domain|utils)/',
    'The port is what adapters and verbs agree on, so it depends on neither.',
  ),
  room(
    'providers-registry',
    '^lib/providers/registry\\.ts$',
    '^lib/providers/|^lib/(domain|utils)/',
    'The registry is the one place that names adapters.',
  ),
  room(
    'emulators',
    '^lib/emulators/([^/]+)/',
    '^lib/emulators/($1|shared)/|^lib/utils/',
    'An emulator that shares code with its client proves nothing.',
  ),
  room(
    'e2e',
    '^e2e/',
    '^e2e/|^scripts/lib/|^lib/(emulators|domain|utils)/',
    'Browser tests see what a person sees, and steer the emulators.',
  ),
  room('domain', '^lib/domain/', '^lib/domain/', 'Every arrow points towards the domain.'),
  room(
    'words',
    '^lib/words/',
    '^lib/(words|domain|utils)/',
    'Sentences that several nouns say about the domain: pure, for browser and server alike.',
  ),
  room('utils', '^lib/utils/', '^lib/utils/', 'Leaf helpers.'),
  room(
    'env',
    '^lib/env(-settings)?\\.ts$',
    '^lib/env(-settings)?\\.ts$|^lib/(domain|utils)/',
    'Settings are read before anything else exists.',
  ),
  room(
    'new-room',
    '^lib/(?!(actions|auth|client|db|domain|emulators|jobs|providers|server|testing|utils|words)/|env(-settings)?\\.ts$)',
    '^$',
    'A folder or file directly in lib that no row names: give it a row.',
  ),
];

const packageRules = [
  never(
    'domain-is-pure',
    { path: '^lib/domain/', pathNot: tests },
    { pathNot: `^lib/domain/|${packages('zod', 'big\\.js')}` },
    'The domain only thinks: zod and decimals, no Node built-ins and no other package.',
  ),
  never(
    'server-knows-no-next',
    {
      path: '^lib/(server|domain|db|jobs|providers|emulators|utils)/|^lib/env(-settings)?\\.ts$',
      pathNot: tests,
    },
    { path: packages('next', 'react', 'react-dom') },
    'The same verb runs from a page, an action, a job, a test and a script.',
  ),
  never(
    'next-auth-only-in-auth',
    { pathNot: '^lib/auth/' },
    { path: packages('next-auth') },
    'The sign-in library can be replaced as long as one room knows it.',
  ),
  never(
    'driver-only-in-db',
    { path: '^(app|components|lib)/', pathNot: `^lib/db/|${tests}` },
    { path: packages('pg', '@electric-sql/pglite', '@electric-sql/pglite-socket', 'drizzle-kit') },
    'One room opens connections.',
  ),
  never(
    'queries-only-behind-verbs',
    { path: '^(app|components|lib)/', pathNot: `^lib/(db|server|jobs)/|${tests}` },
    { path: packages('drizzle-orm') },
    'SQL is written in verbs and tables.',
  ),
  never(
    'queue-only-in-jobs',
    { path: '^(app|components|lib)/', pathNot: `^lib/jobs/|${tests}` },
    { path: packages('pg-boss') },
    'One room knows how work is scheduled.',
  ),
  never(
    'recharts-only-in-charts',
    { pathNot: '^components/charts/' },
    { path: packages('recharts') },
    'It is 100 KB of a page: it is loaded lazily, in one place.',
  ),
  never(
    'http-server-only-in-emulators',
    { path: '^(app|components|lib)/', pathNot: `^lib/emulators/|${tests}` },
    { path: packages('hono', '@hono/node-server') },
    'The product is served by Next alone.',
  ),
  never(
    'vendor-client-only-in-tests',
    { pathNot: tests },
    { path: packages('@openrouter/sdk') },
    "Adapters are written by hand; the vendor's client is what the emulator is tested against.",
  ),
];

const graphRules = [
  never(
    'no-production-code-from-tests',
    { path: '^(app|components|lib)/|^(proxy|instrumentation)\\.ts$', pathNot: tests },
    { path: `${tests}|^e2e/` },
    'What ships must not need what is only there for tests.',
  ),
  never(
    'no-scripts-from-product',
    { path: '^(app|components|lib)/', pathNot: tests },
    { path: '^scripts/' },
    'Scripts use the product, never the other way round.',
  ),
  never('no-cycles', {}, { circular: true }, 'Two files that need each other are one file, or hide a third.'),
  never(
    'no-unresolved',
    { path: '^(app|components|lib|e2e)/' },
    { couldNotResolve: true },
    'An import that leads nowhere would escape every other rule.',
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...rooms, ...packageRules, ...graphRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};

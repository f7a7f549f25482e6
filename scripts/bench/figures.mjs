import { pages } from './pages.mjs';

const PAGE_MS = 1_500;

/**
 * What is measured, in the order in which it is printed. `budget` is at most, or at least where `isFloor`; a figure
 * without one explains another.
 * @typedef {object} Figure
 * @property {string} id
 * @property {string} title
 * @property {string} unit
 * @property {number} [budget]
 * @property {boolean} [isFloor]
 * @property {boolean} [isLargeOnly] measured with 100,000 keys only
 */

/** @type {readonly Figure[]} */
export const figures = [
  { id: 'js-keys', title: 'first-load JavaScript, gzip: keys', unit: 'KB', budget: 200 },
  { id: 'js-sign-in', title: '  sign-in', unit: 'KB', budget: 160 },
  { id: 'js-spend-before', title: '  spend, before its chart', unit: 'KB', budget: 220 },
  { id: 'js-spend', title: '  spend, with its chart', unit: 'KB', budget: 320 },
  { id: 'keys-requests', title: 'cold keys page: requests', unit: '', budget: 20 },
  { id: 'keys-calls', title: '  API calls', unit: '', budget: 2 },
  { id: 'keys-repeats', title: '  repeated requests', unit: '', budget: 0 },
  { id: 'keys-data', title: '  data moved, gzip', unit: 'KB' },
  { id: 'keys-painted', title: 'keys page: rows painted', unit: 'ms', budget: 700 },
  { id: 'keys-blocking', title: '  total blocking time', unit: 'ms', budget: 100 },
  { id: 'keys-nodes', title: '  DOM nodes', unit: '', budget: 1_500 },
  { id: 'keys-heap', title: '  heap', unit: 'MB', budget: 30 },
  { id: 'keystroke', title: 'filter keystroke, key to paint', unit: 'ms', budget: 24 },
  { id: 'keystroke-slow', title: '  at a 4 times slower processor', unit: 'ms', budget: 80 },
  { id: 'query-connection', title: 'chart query, a year: day by connection', unit: 'ms', budget: 20 },
  { id: 'query-model', title: '  by model', unit: 'ms', budget: 20 },
  { id: 'query-team', title: '  by team', unit: 'ms', budget: 45 },
  { id: 'query-filter', title: '  by model or connection, filtered by teams', unit: 'ms', budget: 125 },
  { id: 'query-key', title: '  by key, the six drawn', unit: 'ms' },
  { id: 'query-whole', title: '  chart, table and totals by team', unit: 'ms' },
  { id: 'range-painted', title: 'date range changed to chart painted', unit: 'ms', budget: 150 },
  { id: 'range-calls', title: '  calls', unit: '', budget: 1 },
  {
    id: 'read-share',
    title: 'full read of 10,000 keys at 50 ms a call, stored',
    unit: 'of the bound',
    budget: 0.8,
    isFloor: true,
  },
  { id: 'read-ms', title: '  time', unit: 'ms' },
  { id: 'read-again-ms', title: '  nothing changed since', unit: 'ms' },
  { id: 'day-new', title: 'usage of a day for 10,000 keys stored: new', unit: 'ms', budget: 250 },
  { id: 'day-changed', title: '  every figure changed', unit: 'ms', budget: 250 },
  { id: 'day-same', title: '  nothing changed', unit: 'ms', budget: 250 },
  {
    id: 'bulk-rate',
    title: 'bulk changes: 500 limits at 10 calls a second allowed',
    unit: 'of the rate',
    budget: 0.97,
    isFloor: true,
  },
  { id: 'bulk-refused', title: '  answers 429', unit: '%', budget: 1 },
  { id: 'create-ours', title: "create a key: time above the provider's", unit: 'ms', budget: 30 },
  { id: 'change-ours', title: "change a limit: time above the provider's", unit: 'ms', budget: 30 },
  {
    id: 'export-rate',
    title: 'export of a million rows over HTTP',
    unit: 'MB/s',
    budget: 40,
    isFloor: true,
  },
  { id: 'export-first', title: '  first byte', unit: 'ms', budget: 100 },
  { id: 'export-memory', title: '  extra memory', unit: 'MB', budget: 64 },
  { id: 'slowest-page', title: 'slowest page', unit: 'ms', budget: PAGE_MS, isLargeOnly: true },
  ...pages.map(([path]) => ({
    id: `page ${path}`,
    title: `  ${path}`,
    unit: 'ms',
    budget: PAGE_MS,
    isLargeOnly: true,
  })),
];

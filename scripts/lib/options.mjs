import { parseArgs } from 'node:util';
import { Fault } from './fault.mjs';

/**
 * Command-line options, or the help text and the end of the process.
 * @template {import('node:util').ParseArgsConfig['options']} T
 * @param {T} options
 * @param {string} help
 */
export function readOptions(options, help) {
  let values;
  try {
    ({ values } = parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } } }));
  } catch (error) {
    throw new Fault(`${error.message}`, ['', ...help.split('\n')]);
  }
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  return values;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {{ min: number, max: number }} range
 */
export function readInteger(name, text, { min, max }) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Fault(`--${name} takes a whole number from ${min} to ${max}, and got "${text}".`);
}

import { describe, expect, it } from 'vitest';
import { parseEmulatorArgs } from './cli';
import { FaultBox } from './faults';
import { removeField } from './wire';

describe('FaultBox', () => {
  it('hits the route it names, as often as it says, in the order given', () => {
    const box = new FaultBox();
    box.add({ route: 'GET /api/v1/keys', status: 500, times: 2 });
    box.add({ route: '* /api/v1/keys/*', status: 404 });
    expect(box.take('POST', '/api/v1/keys')).toBeNull();
    expect(box.take('GET', '/api/v1/keysX')).toBeNull();
    expect(box.take('GET', '/api/v1/keys')?.status).toBe(500);
    expect(box.take('GET', '/api/v1/keys')?.status).toBe(500);
    expect(box.take('GET', '/api/v1/keys')).toBeNull();
    expect(box.take('DELETE', '/api/v1/keys/abc/def')?.status).toBe(404);
    expect(box.list()).toEqual([]);
  });

  it.each([{ route: 'keys' }, { route: 'GET /x', times: 0 }, { route: 'GET /x', colour: 'red' }])(
    'refuses %j',
    (fault) => {
      expect(() => new FaultBox().add(fault)).toThrow();
    },
  );
});

describe('removeField', () => {
  it('follows names, positions and all items', () => {
    const value = { data: [{ a: 1, b: { c: 2, d: 3 } }, { a: 4 }] };
    removeField(value, 'data.0.b.c');
    removeField(value, 'data.*.a');
    expect(value).toEqual({ data: [{ b: { d: 3 } }, {}] });
  });
});

describe('parseEmulatorArgs', () => {
  it('reads every option', () => {
    const args = '--port 4110 --keys 5 --seed 9 --history-days 30 --management-key K --live --rate-limit 60';
    expect(parseEmulatorArgs([...args.split(' '), '--now', '2026-08-03T00:00:00Z'])).toMatchObject({
      port: 4110,
      keys: 5,
      seed: '9',
      historyDays: 30,
      managementKey: 'K',
      live: true,
      rateLimit: 60,
      now: '2026-08-03T00:00:00Z',
    });
  });

  it.each([
    ['--port', 'x'],
    ['--port', '70000'],
    ['--keys', '0'],
    ['--now', 'soon'],
    ['--colour', 'red'],
  ])('refuses %s %s with a sentence', (name, value) => {
    expect(() => parseEmulatorArgs([name, value])).toThrow(/\w/);
  });
});

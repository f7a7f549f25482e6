import { describe, expect, it } from 'vitest';
import { nextStep, type RotatedKey, type RotationFacts } from './next-step';

const live: RotatedKey = { isLive: true, isStopped: false, isDeleting: false };
const gone: RotatedKey = { isLive: false, isStopped: false, isDeleting: false };
const disabled: RotatedKey = { isLive: true, isStopped: true, isDeleting: false };
const deleting: RotatedKey = { isLive: true, isStopped: true, isDeleting: true };

function facts(values: Partial<RotationFacts> = {}): RotationFacts {
  return {
    state: 'watching',
    connection: 'active',
    canDisable: true,
    old: live,
    new: live,
    create: 'over',
    copies: { labels: 'settled', expiry: 'settled' },
    handOver: 'none',
    isQuiet: false,
    stop: 'none',
    isStopRecorded: false,
    isGraceOver: false,
    remove: 'none',
    restore: 'none',
    stopNew: 'none',
    ...values,
  };
}

/** `wait:quiet`, `copy`, `finish`: enough to tell steps apart in a table. */
function say(values: Partial<RotationFacts>): string {
  const step = nextStep(facts(values));
  return step.kind === 'wait' ? `wait:${step.hold}` : step.kind;
}

describe('a rotation whose key is being made', () => {
  it('waits while someone is at it, and ends when nobody is', () => {
    expect(say({ state: 'creating', new: null, create: 'under_way' })).toBe('wait:creating');
    expect(nextStep(facts({ state: 'creating', new: null, create: 'over' }))).toEqual({
      kind: 'fail',
      cause: 'not_created',
    });
  });
});

describe('the watch over the old key', () => {
  it.each<[Partial<RotationFacts>, string]>([
    [{}, 'wait:quiet'],
    [{ isQuiet: true }, 'begin_retiring'],
    [{ isQuiet: true, connection: 'paused' }, 'wait:paused'],
    [{ isQuiet: true, connection: 'removed' }, 'fail'],
    [{ isQuiet: true, handOver: 'waiting' }, 'wait:not_picked_up'],
    [{ isQuiet: true, handOver: 'collected' }, 'begin_retiring'],
    [{ isQuiet: true, handOver: 'lost' }, 'wait:new_stopped'],
    [{ isQuiet: true, new: disabled }, 'wait:new_stopped'],
    [{ isQuiet: true, new: deleting }, 'wait:new_stopped'],
    [{ isQuiet: true, new: gone }, 'wait:new_gone'],
    [{ old: gone }, 'finish'],
    [{ old: disabled, isQuiet: false }, 'wait:quiet'],
    [{ copies: { labels: 'due', expiry: 'due' } }, 'copy'],
    [{ copies: { labels: 'settled', expiry: 'due' }, handOver: 'waiting' }, 'copy'],
  ])('%o leads to %s', (values, step) => {
    expect(say(values)).toBe(step);
  });
});

describe('retiring the old key', () => {
  const retiring = (values: Partial<RotationFacts>) => say({ state: 'retiring', isQuiet: true, ...values });

  it.each<[string, Partial<RotationFacts>, string]>([
    ['is stopped first', {}, 'stop_old'],
    ['is not stopped twice while the first is being checked', { stop: 'open' }, 'wait:checking'],
    ['rests after a refusal', { stop: 'resting' }, 'wait:refused'],
    ['is stopped: the day is kept', { stop: 'done', old: deleting }, 'record_stop'],
    ['was disabled by others and is marked: the day is kept', { old: deleting }, 'record_stop'],
    ['waits for its day', { stop: 'done', old: deleting, isStopRecorded: true }, 'wait:grace'],
    ['was enabled outside before the day was kept', { stop: 'done', old: live }, 'wait:taken_back'],
    ['was enabled outside later', { stop: 'done', old: live, isStopRecorded: true }, 'wait:taken_back'],
    ['was kept by a person', { stop: 'done', old: disabled, isStopRecorded: true }, 'wait:taken_back'],
    ['is gone', { stop: 'done', old: gone, isStopRecorded: true }, 'finish'],
    ['waits while the connection is paused', { connection: 'paused' }, 'wait:paused'],
  ])('where it can be disabled it %s', (_, values, step) => {
    expect(retiring(values)).toBe(step);
  });

  const capped: Partial<RotationFacts> = {
    canDisable: false,
    stop: 'done',
    old: disabled,
    isStopRecorded: true,
  };
  it.each<[string, Partial<RotationFacts>, string]>([
    ['is capped first', { canDisable: false }, 'stop_old'],
    ['is capped: the day is kept', { ...capped, isStopRecorded: false }, 'record_stop'],
    ['waits for its day', capped, 'wait:grace'],
    ['goes when its day has come and it is quiet', { ...capped, isGraceOver: true }, 'delete_old'],
    ['stays when it was used meanwhile', { ...capped, isGraceOver: true, isQuiet: false }, 'wait:grace'],
    ['stays when its cap was raised outside', { ...capped, old: live, isGraceOver: true }, 'wait:taken_back'],
    ['rests after a refusal', { ...capped, isGraceOver: true, remove: 'resting' }, 'wait:refused'],
    ['is not deleted twice', { ...capped, isGraceOver: true, remove: 'open' }, 'wait:checking'],
  ])('where it cannot be disabled it %s', (_, values, step) => {
    expect(retiring(values)).toBe(step);
  });
});

describe('going back', () => {
  const back = (values: Partial<RotationFacts>) => say({ state: 'cancelled', ...values });
  const done = { isStopRecorded: true, stop: 'done' } as const;

  it.each<[string, Partial<RotationFacts>, string]>([
    ['stops the new key where the old one still works', {}, 'stop_new'],
    ['ends when the new key waits for its deletion', { new: deleting }, 'finish_back'],
    ['ends when the new key is gone', { new: gone }, 'finish_back'],
    ['enables the old key that it disabled, before anything else', { ...done, old: deleting }, 'restore_old'],
    ['leaves alone what others disabled', { old: disabled }, 'stop_new'],
    [
      'takes the day away where others had disabled it',
      { isStopRecorded: true, old: deleting },
      'restore_old',
    ],
    ['waits for a stop that may still take effect', { stop: 'open' }, 'wait:checking'],
    ['rests after a refusal', { ...done, old: deleting, restore: 'resting' }, 'wait:refused'],
    ['goes on once the old key works again', { ...done, old: live, restore: 'done' }, 'stop_new'],
    ['gives the limit back where it capped', { ...done, canDisable: false, old: disabled }, 'restore_old'],
    ['leaves a cap of others alone', { canDisable: false, old: disabled }, 'stop_new'],
    ['has nothing to restore of a key that is gone', { ...done, old: gone }, 'stop_new'],
    ['waits while the connection is paused', { connection: 'paused' }, 'wait:paused'],
    ['ends when the connection was removed', { connection: 'removed' }, 'finish_back'],
  ])('it %s', (_, values, step) => {
    expect(back(values)).toBe(step);
  });
});

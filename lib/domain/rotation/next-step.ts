/** The life of a rotation. `cancelled` begins when a person goes back and ends when that is done. */
export type RotationState = 'creating' | 'watching' | 'retiring' | 'done' | 'cancelled' | 'failed';

/** How writes of one purpose that this rotation made stand in the ledger. */
export type StepRecord = 'none' | 'open' | 'done' | 'resting';

export type RotatedKey = {
  /** It still exists at its provider. */
  readonly isLive: boolean;
  /** Disabled, or capped at the lowest amount where it cannot be. */
  readonly isStopped: boolean;
  /** It waits for its deletion. */
  readonly isDeleting: boolean;
};

export type RotationFacts = {
  readonly state: 'creating' | 'watching' | 'retiring' | 'cancelled';
  readonly connection: 'active' | 'paused' | 'removed';
  readonly canDisable: boolean;
  readonly old: RotatedKey;
  /** Null until the new key is there. */
  readonly new: RotatedKey | null;
  /** `over`: no create of it is under way any more, and nobody works on one. */
  readonly create: 'under_way' | 'over';
  /** Settings of the new key that are set after its creation. */
  readonly copies: { readonly labels: 'due' | 'settled'; readonly expiry: 'due' | 'settled' };
  readonly handOver: 'none' | 'waiting' | 'collected' | 'lost';
  /** The old key was quiet for long enough, as complete reads have seen it. */
  readonly isQuiet: boolean;
  /** Stopping the old key, as far as it came. `isStopRecorded`: the row says when the old key is to be deleted. */
  readonly stop: StepRecord;
  readonly isStopRecorded: boolean;
  /** The day on which a stopped key may be deleted has come; only where the provider cannot disable. */
  readonly isGraceOver: boolean;
  readonly remove: StepRecord;
  readonly restore: StepRecord;
  readonly stopNew: StepRecord;
};

/** Why nothing is to be done right now. */
export type RotationHold =
  | 'creating'
  | 'quiet'
  | 'grace'
  | 'paused'
  | 'not_picked_up'
  | 'new_stopped'
  | 'new_gone'
  | 'taken_back'
  | 'checking'
  | 'refused';

export type RotationStep =
  | { readonly kind: 'wait'; readonly hold: RotationHold }
  | { readonly kind: 'fail'; readonly cause: 'not_created' | 'connection_removed' }
  | { readonly kind: 'copy'; readonly what: 'labels' | 'expiry' }
  | { readonly kind: 'begin_retiring' }
  | { readonly kind: 'stop_old' }
  | { readonly kind: 'record_stop' }
  | { readonly kind: 'delete_old' }
  | { readonly kind: 'finish' }
  | { readonly kind: 'restore_old' }
  | { readonly kind: 'stop_new' }
  | { readonly kind: 'finish_back' };

const wait = (hold: RotationHold): RotationStep => ({ kind: 'wait', hold });

/** The step, unless the last try of it is still open or was refused a moment ago. */
function unlessTried(record: StepRecord, step: RotationStep): RotationStep {
  if (record === 'open') return wait('checking');
  return record === 'resting' ? wait('refused') : step;
}

function whileWatching(facts: RotationFacts): RotationStep {
  const { old, copies } = facts;
  if (!old.isLive) return { kind: 'finish' };
  if (!facts.new?.isLive) return wait('new_gone');
  if (copies.labels === 'due') return { kind: 'copy', what: 'labels' };
  if (copies.expiry === 'due') return { kind: 'copy', what: 'expiry' };
  if (facts.handOver === 'waiting') return wait('not_picked_up');
  if (facts.new.isStopped || facts.new.isDeleting || facts.handOver === 'lost') return wait('new_stopped');
  return facts.isQuiet ? { kind: 'begin_retiring' } : wait('quiet');
}

function whileRetiring(facts: RotationFacts): RotationStep {
  const { old, canDisable } = facts;
  if (!old.isLive) return { kind: 'finish' };
  if (!facts.isStopRecorded) {
    const isStopped = canDisable ? old.isDeleting : old.isStopped;
    if (isStopped) return { kind: 'record_stop' };
    // Stopped by this rotation once, and not any more: someone wants it.
    if (facts.stop === 'done') return wait('taken_back');
    return unlessTried(facts.stop, { kind: 'stop_old' });
  }
  if (canDisable) return wait(old.isDeleting ? 'grace' : 'taken_back');
  if (!old.isStopped) return wait('taken_back');
  if (!facts.isGraceOver || !facts.isQuiet) return wait('grace');
  return unlessTried(facts.remove, { kind: 'delete_old' });
}

function whileGoingBack(facts: RotationFacts): RotationStep {
  const { old, canDisable } = facts;
  // A stop of the old key that may still take effect is waited for, else it would land after the way back.
  if (facts.stop === 'open') return wait('checking');
  const isStoppedByUs = canDisable ? old.isDeleting && facts.stop === 'done' : facts.stop === 'done';
  const isToRestore = old.isLive && old.isStopped && isStoppedByUs && facts.restore !== 'done';
  const isToUnmark = old.isLive && canDisable && old.isDeleting && facts.isStopRecorded;
  if (isToRestore || isToUnmark) return unlessTried(facts.restore, { kind: 'restore_old' });
  if (facts.new?.isLive && !facts.new.isDeleting) return unlessTried(facts.stopNew, { kind: 'stop_new' });
  return { kind: 'finish_back' };
}

/**
 * What a rotation does next, from what is known now. Reading it again after any interruption leads to the same
 * step: nothing is remembered but the rotation's row, the ledger and the mirror.
 */
export function nextStep(facts: RotationFacts): RotationStep {
  if (facts.state === 'creating') {
    return facts.create === 'over' ? { kind: 'fail', cause: 'not_created' } : wait('creating');
  }
  if (facts.connection === 'removed') {
    return facts.state === 'cancelled'
      ? { kind: 'finish_back' }
      : { kind: 'fail', cause: 'connection_removed' };
  }
  if (facts.connection === 'paused') return wait('paused');
  switch (facts.state) {
    case 'watching':
      return whileWatching(facts);
    case 'retiring':
      return whileRetiring(facts);
    case 'cancelled':
      return whileGoingBack(facts);
  }
}

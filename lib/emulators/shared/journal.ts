export type EffectOp = 'create' | 'name' | 'limit' | 'byok' | 'disabled' | 'labels' | 'expiry' | 'delete';

/** One thing that truly changed at the account, whatever the caller was told. */
export interface Effect {
  seq: number;
  /** Real milliseconds, not the emulator's clock. */
  at: number;
  by: 'api' | 'outside';
  op: EffectOp;
  key: string;
  value: unknown;
}

/** Every effect on a key since the start, in order. No secret ever gets into it. */
export class Journal {
  private readonly effects: Effect[] = [];

  add(by: Effect['by'], op: EffectOp, key: string, value: unknown = null): void {
    this.effects.push({ seq: this.effects.length + 1, at: Date.now(), by, op, key, value });
  }

  /** What came after the effect of that number. */
  since(seq: number): readonly Effect[] {
    return this.effects.slice(Math.max(0, seq));
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import type { CellProof } from './cell-proof';
import { cellProofs } from './cell-proofs';
import type { Bench, ContractTarget } from './target';
import { usageCellProofs } from './usage-cell-proofs';

/** Every cell has a proof: leaving one out does not compile. */
const proofs: Record<keyof Capabilities, CellProof> = { ...cellProofs, ...usageCellProofs };

export function describeCapabilities(target: ContractTarget): void {
  describe(`${target.name}: capability matrix`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.start({ keys: 16, historyDays: 130 });
    });
    afterAll(() => bench.close());

    it('says of the opened adapter what it says of the kind', () => {
      expect(bench.open().capabilities).toBe(target.capabilities);
    });

    it.each(Object.entries(target.capabilities))('%s is true to its cell', async (name, cell) => {
      const proof = proofs[name as keyof Capabilities];
      await proof(bench, target.capabilities);
      const reason = typeof cell === 'object' && cell !== null && 'reason' in cell ? cell.reason : null;
      if (reason !== null) expect(reason).toMatch(/^[A-Z].{15,}\.$/);
    });
  });
}

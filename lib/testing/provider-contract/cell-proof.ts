import type { Capabilities } from '@/lib/domain/connections/capabilities';
import type { Bench } from './target';

/** How a cell of the matrix is proven against the emulator. */
export type CellProof = (bench: Bench, capabilities: Capabilities) => Promise<void>;

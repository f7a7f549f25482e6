export type ManageRight = 'none' | 'read' | 'write';

export type KeyPermissions = { manage: ManageRight; completions: ManageRight };

/** Money in state is nano-USD; a limit of `0n` means unlimited, as Requesty has it. Times are epoch milliseconds. */
export type RequestyKey = {
  id: string;
  secret: string;
  name: string;
  monthlyLimit: bigint;
  permissions: KeyPermissions;
  labels: Record<string, string>;
  createdBy: string | null;
  groupId: string | null;
  logging: boolean;
  expiresAt: number | null;
  createdAt: number;
  deletedAt: number | null;
  accessListId: string | null;
  /** Made while the emulator ran, not by the seed. */
  isNew: boolean;
  /** The `X-Title` that its requests carry. */
  origin: string | null;
  /** A routing policy that its requests name instead of a model. */
  policy: string | null;
  isByok: boolean;
  /** Metadata that its requests carry, for `extra.<field>`. */
  extra: Record<string, string>;
};

export type RequestyUser = {
  id: string;
  email: string;
  name: string;
  role: 'admin' | 'member';
  active: boolean;
  monthlyLimit: bigint | null;
};

export type GroupRole = 'admin' | 'member';

export type GroupMember = { userId: string; role: GroupRole; rateLimit: number | null };

export type RequestyGroup = {
  id: string;
  name: string;
  monthlyLimit: bigint | null;
  monthlyBudgetPerUser: bigint | null;
  createdBy: string;
  createdAt: number;
  deletedAt: number | null;
  accessListId: string | null;
  members: Map<string, GroupMember>;
};

export const MODALITIES = ['chat', 'embedding', 'image', 'transcription', 'speech'] as const;

export type Modality = (typeof MODALITIES)[number];

export type AccessList = {
  id: string;
  name: string;
  autoApprove: boolean;
  models: Record<Modality, string[]>;
};

export type Organization = {
  id: string;
  name: string;
  deposited: bigint;
  /** Balance below which the organization buys more by itself; `null` when it does not. */
  topsUpBelow: bigint | null;
  groupAccessListId: string | null;
  /** The administrator for whom unattributed changes are booked. */
  ownerId: string;
};

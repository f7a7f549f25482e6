export type LimitReset = 'daily' | 'weekly' | 'monthly';

/** An API key as the emulator keeps it. Times in UTC milliseconds, limits in US dollars as they were given. */
export interface StoredKey {
  hash: string;
  /** The whole key text, which the real service does not keep. */
  secret: string;
  name: string;
  label: string;
  disabled: boolean;
  limit: number | null;
  limitReset: LimitReset | null;
  includeByokInLimit: boolean;
  createdAt: number;
  updatedAt: number | null;
  expiresAt: number | null;
  creatorUserId: string | null;
  externalUser: string | null;
  workspaceId: string;
  deletedAt: number | null;
  /** Made through the API or the control, not seeded. */
  isNew: boolean;
}

export interface ManagementKey {
  hash: string;
  secret: string;
  name: string;
  creatorUserId: string;
}

export interface StoredMember {
  id: string;
  email: string;
  first_name: string | null;
  last_name: string | null;
  role: 'org:admin' | 'org:member';
}

export type BudgetInterval = 'daily' | 'weekly' | 'monthly' | 'lifetime';

export interface StoredBudget {
  id: string;
  limitUsd: number;
  createdAt: number;
  updatedAt: number;
}

export interface StoredWorkspace {
  id: string;
  slug: string;
  name: string;
  description: string | null;
  defaultGuardrailId: string;
  /** The settings that Keyward does not read: kept and given back as they are. */
  settings: Record<string, unknown>;
  includeByokInBudgets: boolean;
  budgets: Map<BudgetInterval, StoredBudget>;
  /** User id to membership; the default workspace has the whole organization instead. */
  members: Map<string, { id: string; role: 'admin' | 'member'; createdAt: number }>;
  createdAt: number;
  createdBy: string | null;
  updatedAt: number | null;
}

export interface StoredGuardrail {
  id: string;
  workspaceId: string;
  isDefault: boolean;
  name: string;
  fields: Record<string, unknown>;
  createdAt: number;
  updatedAt: number | null;
}

export interface StoredAssignment {
  id: string;
  guardrailId: string;
  /** A key's hash or a user's id. */
  subject: string;
  assignedBy: string | null;
  createdAt: number;
}

export interface StoredByok {
  id: string;
  provider: string;
  label: string;
  workspaceId: string;
  fields: Record<string, unknown>;
  createdAt: number;
}

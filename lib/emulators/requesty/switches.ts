/**
 * Every behaviour that Requesty's documentation leaves open, with the alternatives a client must tolerate.
 * The first value of each list is the default of the current generation.
 */
export const SWITCH_VALUES = {
  createStatus: [201, 200],
  deleteStatus: [204, 200],
  keyWriteStatus: [204, 200],
  memberWriteStatus: [204, 200],
  emptyWriteStatus: [200, 204],
  groupCreateStatus: [200, 201],
  emptySuccessBody: ['none', 'object'],
  keyMoney: ['string', 'number'],
  zeroKeyMoney: ['value', 'null', 'absent'],
  groupMoney: ['number', 'string'],
  groupNulls: ['null', 'absent'],
  usageSpend: ['string', 'number'],
  balance: ['number', 'string'],
  unknownKeyStatus: [403, 401],
  missingRightMessage: ['API key does not have manage permissions', 'manage read permission required'],
  errorBody: ['object', 'object-without-origin', 'string', 'text', 'html', 'empty'],
  limitRequired: [false, true],
  omittedLimit: ['0', '100'],
  usageParameters: ['both', 'query', 'body'],
  usagePost: ['not-found', 'method-not-allowed', 'accepted'],
  dayKey: ['date', 'rfc3339', 'rfc3339-fraction', 'rfc3339-offset'],
  hourKey: ['rfc3339', 'rfc3339-fraction', 'rfc3339-offset'],
  monthKey: ['first-day', 'month', 'rfc3339'],
  zeroCounters: ['present', 'absent'],
  emptyPeriods: ['missing', 'present'],
  emptyGroupedData: ['absent', 'empty'],
  unattributedGroup: ['null', 'empty'],
  commaJoinedGroupBy: ['rejected', 'accepted'],
  keyGroupBy: ['all', 'documented'],
  unknownFields: ['absent', 'present'],
  optionalKeyFields: ['present', 'absent'],
  selfWrites: ['not-found', 'accepted'],
  groupRolePath: ['both', 'user-path', 'body'],
  memberEnvelope: ['members', 'users', 'data', 'array'],
  memberIdField: ['id', 'user_id'],
  memberOptionalFields: ['present', 'absent'],
  deleteBody: ['kept', 'dropped'],
  expiredKeys: ['listed', 'hidden'],
  expiredExpiryStatus: [400, 404, 409, 422],
  budgetMode: ['global', 'group'],
  duplicateNames: ['accepted', 'rejected'],
  negativeLimits: ['rejected', 'accepted'],
  deleteSelf: ['accepted', 'rejected'],
  emptyAccessListPatch: ['rejected', 'accepted'],
  accessListArrays: ['present', 'absent-when-empty'],
  spendLagHours: [0, 1, 24],
} as const;

type SwitchName = keyof typeof SWITCH_VALUES;

export type RequestySwitches = { [Name in SwitchName]: (typeof SWITCH_VALUES)[Name][number] };

export type Generation = 'current' | 'classic';

export type SwitchBoard = Record<Generation, RequestySwitches>;

export type SwitchPatch = Partial<RequestySwitches>;

const CLASSIC_DEFAULTS: SwitchPatch = {
  createStatus: 201,
  deleteStatus: 200,
  keyWriteStatus: 200,
  limitRequired: true,
  usageSpend: 'number',
  optionalKeyFields: 'absent',
};

/** Both generations with their own defaults, `patch` laid over them. Throws a `RangeError` on an unknown switch or value. */
export function createSwitchBoard(patch: unknown = {}): SwitchBoard {
  const first = Object.fromEntries(Object.entries(SWITCH_VALUES).map(([name, values]) => [name, values[0]]));
  const current = applySwitches(first as RequestySwitches, {});
  const board: SwitchBoard = { current, classic: applySwitches(current, CLASSIC_DEFAULTS) };
  return applyBoardPatch(board, patch);
}

/**
 * A patch names switches of the current generation at its top level (or under `current`) and those of the
 * classic one under `classic`. Throws a `RangeError` on an unknown switch or value; nothing is changed then.
 */
export function applyBoardPatch(board: SwitchBoard, patch: unknown): SwitchBoard {
  if (!isRecord(patch)) throw new RangeError('switches must be an object');
  const { current = {}, classic = {}, ...top } = patch;
  return {
    current: applySwitches(applySwitches(board.current, top), current),
    classic: applySwitches(board.classic, classic),
  };
}

function applySwitches(switches: RequestySwitches, patch: unknown): RequestySwitches {
  if (!isRecord(patch)) throw new RangeError('switches must be an object');
  const next: Record<string, unknown> = { ...switches };
  for (const [name, value] of Object.entries(patch)) {
    const allowed: readonly unknown[] | undefined = isSwitchName(name) ? SWITCH_VALUES[name] : undefined;
    if (!allowed) throw new RangeError(`unknown switch: ${name}`);
    if (!allowed.includes(value)) throw new RangeError(`${name} must be one of: ${allowed.join(', ')}`);
    next[name] = value;
  }
  return next as RequestySwitches;
}

function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(SWITCH_VALUES, name);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

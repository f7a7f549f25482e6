export * from './changes';
export * from './connections';
export * from './keys';
export * from './ledger';
export * from './people';
export * from './teams';
export * from './usage';

import type { Role } from './role';

/** Who does a thing. Jobs act as themselves, never as a person. */
export type Actor =
  | {
      readonly kind: 'user';
      readonly id: string;
      readonly name: string;
      readonly email: string;
      readonly role: Role;
      /** The teams this person leads; what a lead's reach is made of. */
      readonly teamIds: readonly number[];
    }
  | { readonly kind: 'system'; readonly name: string };

export type UserActor = Extract<Actor, { kind: 'user' }>;

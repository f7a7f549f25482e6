'use client';

import { RadioGroup, RadioOption } from '@/components/ui/radio-group';
import { type Role, roles, roleWords } from '@/lib/domain/people/role';

export interface RoleOptionsProps {
  value: Role;
  onValueChange: (role: Role) => void;
}

/** The three roles with what each may do; stands inside a `Field group`. */
export function RoleOptions({ value, onValueChange }: RoleOptionsProps) {
  return (
    <RadioGroup
      value={value}
      onValueChange={(chosen) => onValueChange(roles.find((role) => role === chosen) ?? value)}
    >
      {roles.map((role) => (
        <RadioOption key={role} value={role} label={roleWords[role].name} hint={roleWords[role].explains} />
      ))}
    </RadioGroup>
  );
}

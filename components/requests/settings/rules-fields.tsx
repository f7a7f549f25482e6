import { CheckboxField } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { MoneyInput } from '@/components/ui/money-input';
import { Select } from '@/components/ui/select';
import type { RulesDraft, RulesErrors } from './rules-draft';

interface RulesFieldsProps {
  draft: RulesDraft;
  errors: RulesErrors;
  onChange: (values: Partial<RulesDraft>) => void;
  /** Set for a team: an empty field is then as for everyone. */
  everyone?: RulesDraft;
}

const hints = {
  twoAbove: 'A limit that lets a key spend more than this in a month needs two people. Empty: never.',
  envelope: 'Raises of a team that add up to no more than this in a month need nobody. Empty: none.',
  smallRaise: 'The most that one such raise may add to a month. Empty: as much as the envelope holds.',
} as const;

const labels = {
  twoAbove: 'Two people above, USD a month',
  envelope: 'Envelope of each team, USD a month',
  smallRaise: 'Most that one raise may add, USD a month',
} as const;

const AMOUNTS = ['twoAbove', 'envelope', 'smallRaise'] as const;

/** The amounts and times of one set of rules. */
export function RulesFields({ draft, errors, onChange, everyone }: RulesFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {AMOUNTS.map((field) => (
        <Field
          key={field}
          label={labels[field]}
          error={errors[field]}
          hint={everyone ? `Empty: as for everyone (${everyone[field] || 'none'}). 0: none.` : hints[field]}
        >
          <MoneyInput value={draft[field]} onChange={({ target }) => onChange({ [field]: target.value })} />
        </Field>
      ))}
      <Field
        label="Days until a request lapses"
        error={errors.lapseDays}
        hint={everyone ? `Empty: as for everyone (${everyone.lapseDays}).` : 'Nobody decided by then.'}
      >
        <Input
          inputMode="numeric"
          value={draft.lapseDays}
          onChange={({ target }) => onChange({ lapseDays: target.value })}
        />
      </Field>
      {everyone ? (
        <Field label="A lower limit">
          <Select
            value={draft.lowering}
            onChange={({ target }) =>
              onChange({ lowering: target.value === 'free' || target.value === 'asked' ? target.value : '' })
            }
          >
            <option value="">As for everyone</option>
            <option value="asked">Needs one person</option>
            <option value="free">Needs nobody</option>
          </Select>
        </Field>
      ) : (
        <CheckboxField
          label="A lower limit needs nobody"
          hint="Whoever leads the team sets it by asking."
          checked={draft.lowering === 'free'}
          onChange={({ target }) => onChange({ lowering: target.checked ? 'free' : 'asked' })}
        />
      )}
    </div>
  );
}

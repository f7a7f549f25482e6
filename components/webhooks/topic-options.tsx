import { Button } from '@/components/ui/button';
import { CheckboxField } from '@/components/ui/checkbox';
import { type Topic, topics, topicWords } from '@/lib/domain/notifications/topic';

interface TopicOptionsProps {
  value: readonly Topic[];
  onValueChange: (value: readonly Topic[]) => void;
}

const groups = [...new Set(topics.map((topic) => topicWords[topic].group))];

/** What a webhook is told about. */
export function TopicOptions({ value, onValueChange }: TopicOptionsProps) {
  const isAll = value.length === topics.length;
  return (
    <div className="flex flex-col gap-3">
      <Button size="sm" className="self-start" onClick={() => onValueChange(isAll ? [] : topics)}>
        {isAll ? 'Choose none' : 'Choose all'}
      </Button>
      {groups.map((group) => (
        <fieldset key={group} className="grid min-w-0 gap-x-4 gap-y-1.5 sm:grid-cols-2">
          <legend className="mb-1 font-semibold text-xs">{group}</legend>
          {topics
            .filter((topic) => topicWords[topic].group === group)
            .map((topic) => (
              <CheckboxField
                key={topic}
                label={topicWords[topic].label}
                checked={value.includes(topic)}
                onChange={({ target }) =>
                  onValueChange(target.checked ? [...value, topic] : value.filter((each) => each !== topic))
                }
              />
            ))}
        </fieldset>
      ))}
    </div>
  );
}

import { Field, Input, Select, Textarea } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { secretsQuery } from '../secrets/secret-queries.ts';
import { type SourceField, type SourceForm, sourceKinds } from './source-form.ts';

interface SourceFieldsProps {
  project: string;
  form: SourceForm;
  onChange: (form: SourceForm) => void;
}

/** The fields of the chosen kind. */
export function SourceFields({ project, form, onChange }: SourceFieldsProps) {
  const { fields } = sourceKinds[form.kind];
  if (fields.length === 0) return null;
  return (
    <div className="grid min-w-0 gap-4 sm:grid-cols-2">
      {fields.map((field) => (
        <OneField
          key={`${form.kind} ${field.key}`}
          project={project}
          field={field}
          value={form.values[field.key] ?? ''}
          onChange={(value) => onChange({ ...form, values: { ...form.values, [field.key]: value } })}
        />
      ))}
    </div>
  );
}

interface OneFieldProps {
  project: string;
  field: SourceField;
  value: string;
  onChange: (value: string) => void;
}

function OneField({ project, field, value, onChange }: OneFieldProps) {
  const { label, type, hint, required = false, placeholder } = field;
  if (type === 'secret') return <SecretField project={project} field={field} value={value} onChange={onChange} />;
  const wide = type === 'query' || type === 'lines' || required;
  const shared = { required, placeholder, value, spellCheck: false };
  return (
    <Field label={label} hint={hint} className={wide ? 'sm:col-span-2' : ''}>
      {(aria) =>
        type === 'query' || type === 'lines' ? (
          <Textarea
            {...aria}
            {...shared}
            rows={type === 'query' ? 5 : 2}
            className="font-mono text-xs"
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input
            {...aria}
            {...shared}
            {...(type === 'number' && { type: 'number', min: 0 })}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}

function SecretField({ project, field: { label, hint, required = false }, value, onChange }: OneFieldProps) {
  const secrets = useQuery(secretsQuery(project)).data ?? [];
  return (
    <Field
      label={label}
      hint={
        <>
          {hint}{' '}
          <Link to="/p/$project/secrets" params={{ project }} className="text-accent hover:underline">
            Secrets
          </Link>
        </>
      }
    >
      {(aria) => (
        <Select
          {...aria}
          required={required}
          className="w-full"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          <option value="">{required ? 'Choose a secret' : 'None'}</option>
          {secrets.map(({ id, displayName }) => (
            <option key={id} value={id}>
              {displayName}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

import type { ValidationSuite } from '@llmops/contracts/data/v1/validation';
import { Button, Card, Checkbox, Field, Input, Select, useToast } from '@llmops/ui';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { fieldError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { datasetsQuery } from '../datasets/dataset-queries.ts';
import { suiteQuery, suitesQuery } from '../datasets/validation-queries.ts';
import { CheckEditor } from './check-editor.tsx';
import { type CheckForm, checkOfForm, formOfCheck, newCheck } from './check-form.ts';
import { type CheckKind, checkKindNames, checkKinds } from './check-kinds.ts';

interface SuiteForm {
  displayName: string;
  description: string;
  datasets: string[];
  checks: CheckForm[];
  nextId: number;
}

const formOf = (suite: ValidationSuite | undefined): SuiteForm => ({
  displayName: suite?.displayName ?? '',
  description: suite?.description ?? '',
  datasets: suite?.datasets ?? [],
  checks: suite?.checks.flatMap((check, at) => formOfCheck(check, at) ?? []) ?? [],
  nextId: suite?.checks.length ?? 0,
});

/** A suite being written; nothing counts until it is saved. */
export function SuiteEditor({ suite }: { suite: ValidationSuite | undefined }) {
  const project = useProject();
  const [form, setForm] = useState(() => formOf(suite));
  const save = useSaveSuite(project.id, suite?.id);
  const set = (change: Partial<SuiteForm>) => setForm({ ...form, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(form);
  };
  return (
    <form onSubmit={submit} className="grid min-w-0 items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,5fr)]">
      <Card>
        <div className="flex flex-col gap-4">
          <Field label="Name" error={fieldError(save.error, 'displayName')}>
            {(aria) => (
              <Input
                {...aria}
                required
                maxLength={200}
                value={form.displayName}
                onChange={(event) => set({ displayName: event.target.value })}
              />
            )}
          </Field>
          <Field label="Description" error={fieldError(save.error, 'description')}>
            {(aria) => (
              <Input
                {...aria}
                maxLength={2000}
                value={form.description}
                onChange={(event) => set({ description: event.target.value })}
              />
            )}
          </Field>
          <DatasetBoxes project={project.id} chosen={form.datasets} onChange={(datasets) => set({ datasets })} />
        </div>
      </Card>
      <div className="flex min-w-0 flex-col gap-3">
        <Card title="Checks" flush>
          {form.checks.length === 0 && <p className="px-4 py-8 text-center text-muted">Add the first check below.</p>}
          <ol className="divide-y divide-line">
            {form.checks.map((check) => (
              <CheckEditor
                key={check.id}
                check={check}
                onChange={(next) => set({ checks: form.checks.map((each) => (each.id === next.id ? next : each)) })}
                onRemove={() => set({ checks: form.checks.filter(({ id }) => id !== check.id) })}
              />
            ))}
          </ol>
          <div className="border-t border-line px-4 py-3">
            <KindChoice
              onChoose={(kind) =>
                set({ checks: [...form.checks, newCheck(form.nextId, kind)], nextId: form.nextId + 1 })
              }
            />
          </div>
        </Card>
        {save.error && (
          <p role="alert" className="break-words text-danger">
            {save.error.message}
          </p>
        )}
        {project.isEditor && (
          <Button
            type="submit"
            variant="primary"
            className="self-end"
            disabled={form.checks.length === 0}
            busy={save.isPending}
          >
            Save suite
          </Button>
        )}
      </div>
    </form>
  );
}

function KindChoice({ onChoose }: { onChoose: (kind: CheckKind) => void }) {
  return (
    <Select
      aria-label="Add a check"
      className="w-full sm:w-72"
      value=""
      onChange={(event) => {
        const kind = checkKindNames.find((name) => name === event.target.value);
        if (kind) onChoose(kind);
      }}
    >
      <option value="">Add a check…</option>
      {checkKindNames.map((kind) => (
        <option key={kind} value={kind}>
          {checkKinds[kind].label}
        </option>
      ))}
    </Select>
  );
}

interface DatasetBoxesProps {
  project: string;
  chosen: string[];
  onChange: (datasets: string[]) => void;
}

function DatasetBoxes({ project, chosen, onChange }: DatasetBoxesProps) {
  const datasets = useInfiniteQuery(datasetsQuery(project)).data?.pages.flatMap((page) => page.datasets) ?? [];
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-xs font-medium text-muted">Runs by itself on new versions of</legend>
      <div className="scroll-thin flex max-h-48 flex-col gap-1 overflow-y-auto rounded-md border border-line px-2.5 py-2">
        {datasets.length === 0 && <span className="text-faint">The project has no datasets.</span>}
        {datasets.map(({ id, displayName }) => (
          <Checkbox
            key={id}
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, id] : chosen.filter((entry) => entry !== id))
            }
          >
            {displayName}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}

function useSaveSuite(project: string, suite: string | undefined) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  return useMutation({
    mutationFn: async ({ displayName, description, datasets, checks }: SuiteForm) => {
      const content = { project, displayName, description, datasets, checks: checks.map(checkOfForm) };
      return suite === undefined
        ? llmops.validation.createValidationSuite(content)
        : llmops.validation.updateValidationSuite({ ...content, suite });
    },
    onSuccess: (saved) => {
      toast({ title: `${saved.displayName} saved` });
      queryClient.setQueryData(suiteQuery(project, saved.id).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: suitesQuery(project).queryKey });
      return navigate({ to: '/p/$project/datasets', params: { project }, search: { tab: 'suites' } });
    },
  });
}

import { type DataFormat, type DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { Button, CopyableId, Menu, MenuItem, MenuLabel, MenuSeparator } from '@llmops/ui';
import { ChevronDown, Download, Scissors, Tag } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { exportPath } from './dataset-queries.ts';
import { SplitDialog } from './split-dialog.tsx';
import { TagDialog } from './tag-dialog.tsx';

const formats = [
  { format: 'JSONL', ending: 'jsonl', label: 'JSONL' },
  { format: 'CSV', ending: 'csv', label: 'CSV' },
  { format: 'PARQUET', ending: 'parquet', label: 'Parquet' },
] as const satisfies { format: keyof typeof DataFormat; ending: string; label: string }[];

export function VersionActions({ version, datasetName }: { version: DatasetVersion; datasetName: string }) {
  const project = useProject();
  const [dialog, setDialog] = useState<'tag' | 'split'>();
  const download = ({ format, ending }: (typeof formats)[number], split?: string) =>
    save(
      exportPath({ project: project.id, dataset: version.dataset, version: version.id }, { format, split }),
      `${[datasetName, `v${version.number}`, split].filter(Boolean).join('-')}.${ending}`,
    );
  return (
    <>
      <CopyableId id={version.id} label="version id" />
      {project.isEditor && (
        <>
          <Button onClick={() => setDialog('tag')}>
            <Tag className="size-3.5" aria-hidden />
            Tag
          </Button>
          <Button onClick={() => setDialog('split')}>
            <Scissors className="size-3.5" aria-hidden />
            Split
          </Button>
        </>
      )}
      <Menu
        align="end"
        trigger={
          <Button>
            <Download className="size-3.5" aria-hidden />
            Export
            <ChevronDown className="size-3.5" aria-hidden />
          </Button>
        }
      >
        {formats.map((entry) => (
          <MenuItem key={entry.format} onSelect={() => download(entry)}>
            {entry.label}
          </MenuItem>
        ))}
        {version.splits.length > 0 && <MenuSeparator />}
        {version.splits.length > 0 && <MenuLabel>One split, as JSONL</MenuLabel>}
        {version.splits.map(({ name }) => (
          <MenuItem key={name} onSelect={() => download(formats[0], name)}>
            {name}
          </MenuItem>
        ))}
      </Menu>
      <TagDialog version={version} open={dialog === 'tag'} onClose={() => setDialog(undefined)} />
      <SplitDialog version={version} open={dialog === 'split'} onClose={() => setDialog(undefined)} />
    </>
  );
}

/** Lets the browser load a file, which goes to disk as it comes. */
function save(href: string, name: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = name.replaceAll(/[^\w.-]+/g, '-');
  link.click();
}

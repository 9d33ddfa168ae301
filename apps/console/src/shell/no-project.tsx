import { EmptyState } from '@llmops/ui';
import { FolderPlus } from 'lucide-react';

export function NoProject() {
  return (
    <EmptyState icon={FolderPlus} title="You are in no project yet">
      <p>Ask an administrator of your organisation to add you to one, or create one from the menu at the top left.</p>
    </EmptyState>
  );
}

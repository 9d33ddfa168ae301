import { buttonClass, EmptyState } from '@llmops/ui';
import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';

export function NotFound() {
  return (
    <EmptyState icon={Compass} title="Nothing here">
      <p>The address names nothing that you can see. It may have been deleted, or belong to another project.</p>
      <Link to="/" className={buttonClass()}>
        Back to the overview
      </Link>
    </EmptyState>
  );
}

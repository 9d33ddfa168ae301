import { Call_Status } from '@llmops/contracts/gateway/v1/call';
import { Status, type Tone } from '@llmops/ui';

const statusNames: Record<Call_Status, { tone: Tone; text: string }> = {
  [Call_Status.UNSPECIFIED]: { tone: 'neutral', text: 'Unknown' },
  [Call_Status.OK]: { tone: 'success', text: 'OK' },
  [Call_Status.ERROR]: { tone: 'danger', text: 'Error' },
  [Call_Status.CANCELLED]: { tone: 'warning', text: 'Cancelled' },
};

export function CallStatus({ status, code }: { status: Call_Status; code?: string }) {
  const { tone, text } = statusNames[status];
  return (
    <span title={code || undefined}>
      <Status tone={tone}>{text}</Status>
    </span>
  );
}

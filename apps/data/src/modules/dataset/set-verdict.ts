import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { type Verdict, VersionRepository } from './version.repository.ts';

@Injectable()
export class SetVerdict {
  constructor(private readonly versions: VersionRepository) {}

  /** What validation found, in the transaction that keeps its report. */
  run(tx: Transaction, versionId: string, verdict: Verdict): Promise<void> {
    return this.versions.setVerdict(tx, versionId, verdict);
  }
}

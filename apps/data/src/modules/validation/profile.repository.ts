import type { JobRow, Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import { jobs } from '../../db/schema.ts';
import type { TableProfile } from '../../profile/index.ts';
import { versionProfiles } from './profile.table.ts';

export interface ProfileWithJob {
  profile: TableProfile | null;
  job: JobRow | null;
}

@Injectable()
export class ProfileRepository {
  async get(tx: Transaction, projectId: string, versionId: string): Promise<ProfileWithJob | undefined> {
    const [row] = await tx
      .select({ profile: versionProfiles.profile, job: jobs })
      .from(versionProfiles)
      .leftJoin(jobs, eq(jobs.id, versionProfiles.jobId))
      .where(and(eq(versionProfiles.projectId, projectId), eq(versionProfiles.versionId, versionId)));
    return row;
  }

  /** The job that makes it from now on; a second caller waits for the first's transaction and changes nothing. */
  async setJob(tx: Transaction, projectId: string, versionId: string, jobId: string, replaces: string | undefined) {
    const insert = tx.insert(versionProfiles).values({ versionId, projectId, jobId });
    const rows = await (replaces === undefined
      ? insert.onConflictDoNothing()
      : insert.onConflictDoUpdate({
          target: versionProfiles.versionId,
          set: { jobId, updateTime: new Date() },
          setWhere: eq(versionProfiles.jobId, replaces),
        })
    ).returning({ versionId: versionProfiles.versionId });
    return rows.length > 0;
  }

  async setProfile(tx: Transaction, versionId: string, profile: TableProfile): Promise<void> {
    await tx
      .update(versionProfiles)
      .set({ profile, updateTime: new Date() })
      .where(eq(versionProfiles.versionId, versionId));
  }
}

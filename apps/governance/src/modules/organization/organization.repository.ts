import { decodeCursor, encodeCursor, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt } from 'drizzle-orm';
import { organizations, projects } from './organization.table.ts';

export type ProjectRow = typeof projects.$inferSelect;

@Injectable()
export class OrganizationRepository {
  async get(tx: Transaction, id: string) {
    const [row] = await tx.select().from(organizations).where(eq(organizations.id, id));
    return row;
  }

  async insert(tx: Transaction, row: typeof organizations.$inferInsert): Promise<void> {
    await tx.insert(organizations).values(row);
  }

  async any(tx: Transaction) {
    const [row] = await tx.select().from(organizations).orderBy(asc(organizations.createTime)).limit(1);
    return row;
  }
}

@Injectable()
export class ProjectRepository {
  async page(tx: Transaction, organizationId: string, pageSize: number, pageToken: string) {
    const after = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await tx
      .select()
      .from(projects)
      .where(and(eq(projects.organizationId, organizationId), after === undefined ? undefined : gt(projects.id, after)))
      .orderBy(asc(projects.id))
      .limit(pageSize + 1);
    const page = rows.slice(0, pageSize);
    return { rows: page, nextPageToken: rows.length > pageSize ? encodeCursor([page.at(-1)!.id]) : '' };
  }

  async get(tx: Transaction, id: string): Promise<ProjectRow | undefined> {
    const [row] = await tx.select().from(projects).where(eq(projects.id, id));
    return row;
  }

  async insert(tx: Transaction, row: typeof projects.$inferInsert): Promise<ProjectRow> {
    const [inserted] = await tx.insert(projects).values(row).returning();
    return inserted!;
  }

  async rename(tx: Transaction, id: string, displayName: string): Promise<ProjectRow | undefined> {
    const [row] = await tx
      .update(projects)
      .set({ displayName, updateTime: new Date() })
      .where(eq(projects.id, id))
      .returning();
    return row;
  }
}

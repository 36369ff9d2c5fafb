/** Documents sent for a draft: read in a process of their own, shown as what they would change, taken over only when their sender says so. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { appendToAuditTrail } from '../../../libs/database/audit-trail.js';
import { UploadedDocument } from '../../../libs/database/entities/uploads.js';
import { readUpload } from '../../../libs/documents/read-upload.js';
import { adoptDocument, type AdoptedDocument } from '../../../libs/domain/adopt-document.js';
import type { BusinessPlan, Row } from '../../../libs/domain/business-plan.js';
import { pairRows } from '../../../libs/domain/differences/pair-rows.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { actsFor, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import type { ReceivedFile } from '../receive-file.js';
import { DraftEditor, type OpenDraft } from './draft-editor.service.js';
import type { PlanAddress } from './plan-reader.js';

/** A document with what taking it over would make of the draft. */
export interface UploadPreview extends AdoptedDocument {
  open: OpenDraft;
  upload: UploadedDocument;
}

@Injectable()
export class Uploads {
  constructor(
    private readonly em: EntityManager,
    private readonly editor: DraftEditor,
    private readonly councils: Councils,
  ) {}

  /**
   * Reads a document and keeps it for its sender to look through; one that they sent before for the same draft is forgotten.
   * @returns the id under which it waits
   * @throws DomainError 'unreadable' for a file that is no plan; 'not-found', 'not-allowed', 'not-now' as for editing the draft
   */
  async receive(person: SignedInPerson, address: PlanAddress, { name, bytes }: ReceivedFile & { bytes: Uint8Array }): Promise<string> {
    const { plan } = await this.editor.open(person, address);
    const { plan: content, remarks } = await readUpload(bytes);
    const { clock } = await this.councils.byId(person.councilId);
    const id = randomUUID();
    const sourceSha256 = createHash('sha256').update(bytes).digest('hex');
    const fileName = name.replaceAll('\0', '').toWellFormed().slice(-200);
    await this.em.fork().transactional(async (em) => {
      await em.nativeDelete(UploadedDocument, { planId: plan.id, sentBy: person.id });
      em.create(UploadedDocument, {
        id,
        planId: plan.id,
        sentBy: person.id,
        fileName,
        sourceSha256,
        content,
        remarks,
        sentAt: clock.now(),
      });
    });
    return id;
  }

  /**
   * What taking the document over would change now.
   * @throws DomainError 'not-found' if it does not wait any more; 'not-allowed', 'not-now' as for editing the draft
   */
  async preview(person: SignedInPerson, address: PlanAddress, id: string): Promise<UploadPreview> {
    const open = await this.editor.open(person, address);
    const upload = await this.em.fork().findOne(UploadedDocument, { id, planId: open.plan.id, sentBy: person.id });
    if (!upload) throw new DomainError('not-found', 'This document has been taken over already, or a later one was sent. Send it again.');
    return { open, upload, ...adopted(open.draft.content, upload.content) };
  }

  /**
   * Takes the document over, if the draft is still the one that the preview showed.
   * @throws RefusalWithFacts 'stale' if the draft was changed meanwhile; else as `preview`
   */
  async takeOver(person: SignedInPerson, address: PlanAddress, id: string, seenRevision: number): Promise<void> {
    const { upload, plan } = await this.preview(person, address, id);
    const onBehalfOf = actsFor('plan.edit', person, address.slug);
    await this.editor.replace(person, address, plan, seenRevision, async (em, at) => {
      await em.nativeDelete(UploadedDocument, { id });
      await appendToAuditTrail(em, {
        councilId: person.councilId,
        at,
        personId: person.id,
        act: 'take document over into draft',
        subject: `plan ${address.year} ${address.slug}`,
        details: { file: upload.fileName, sha256: upload.sourceSha256, ...(onBehalfOf ? { onBehalfOf } : {}) },
      });
    });
  }
}

/** The rows of the document continue those that they pair with, as when two versions are compared. */
function adopted(draft: BusinessPlan, document: BusinessPlan): AdoptedDocument {
  const pairs: ReadonlyMap<Row, Row> = pairRows(draft, document);
  return adoptDocument(draft, document, (row) => pairs.get(row) ?? null, randomUUID);
}

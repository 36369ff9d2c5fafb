/** Signals to workflows that are sent once what they tell of is committed. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A workflow that has to look again at what it waits for; the row goes once it was told. */
export const PendingSignal = defineEntity({
  name: 'PendingSignal',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    workflowId: p.string(),
  },
});
export type PendingSignal = InferEntity<typeof PendingSignal>;

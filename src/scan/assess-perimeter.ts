import { perimeterControls } from '../controls/index.ts';
import type { Assessment } from '../core/assessment.ts';
import { assess, type Judge } from '../core/evaluate.ts';
import { nameOf, subscriptionOf } from '../core/resource-id.ts';
import type { PerimeterRecord } from './knowledge.ts';

/** Judges a perimeter. One that could not be read is unknown in everything, never left out. */
export function assessPerimeter({ id, snapshot }: PerimeterRecord, judge: Judge): Assessment {
  const resource = { resourceId: id, resourceType: 'Microsoft.Network/networkSecurityPerimeters', name: nameOf(id), subscriptionId: subscriptionOf(id) ?? '', location: null };
  return assess(resource, null, snapshot, perimeterControls, judge);
}

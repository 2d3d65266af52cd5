import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { DiagnosticSetting } from '../core/perimeter.ts';
import type { Collector } from './collector.ts';
import { absent, elements, list } from './schema.ts';

const apiVersion = '2021-05-01-preview';

const SettingOnWire = z
  .object({
    name: z.string(),
    properties: z.object({
      // Left out, or an empty text, where logs go to storage or an event hub only.
      workspaceId: absent(z.string(), ''),
      logs: list(z.object({ category: absent(z.string(), null), categoryGroup: absent(z.string(), null), enabled: z.boolean() })),
    }),
  })
  .transform(({ name, properties: { workspaceId, logs } }): DiagnosticSetting => {
    const enabled = logs.filter(log => log.enabled);
    return {
      name,
      workspaceId: workspaceId === '' ? null : workspaceId,
      categories: enabled.flatMap(({ category }) => (category === null || category === '' ? [] : category)),
      categoryGroups: enabled.flatMap(({ categoryGroup }) => (categoryGroup === null || categoryGroup === '' ? [] : categoryGroup)),
    };
  });

/** The diagnostic settings of any resource, by resource id. */
export const diagnosticSettings: Collector<string, DiagnosticSetting[]> = {
  name: 'diagnostic settings',
  actions: ['Microsoft.Insights/diagnosticSettings/read'],
  async read(arm, resourceId) {
    const listed = await arm.list(`${resourceId}/providers/Microsoft.Insights/diagnosticSettings`, apiVersion);
    return known(elements(SettingOnWire, listed), listed.sources);
  },
};

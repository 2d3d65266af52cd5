/** What the role is made of: the actions of one collector. */
interface Reading {
  readonly actions: readonly string[];
}

/**
 * `infra/reader-role.json`: an Azure custom role with what the collectors read, and nothing else. Actions are spelled
 * out: a wildcard over all that lies below an account would hand out its read-only keys.
 */
export function renderReaderRole(collectors: readonly Reading[]): string {
  const actions = new Map(collectors.flatMap(collector => collector.actions).map(action => [action.toLowerCase(), action]));
  const role = {
    Name: 'Cosmos DB Compliance Reader',
    IsCustom: true,
    Description: 'Reads what cosmos-compliance-monitor judges: the settings of Azure Cosmos DB accounts and of the networks around them. Reads no data and no key, changes nothing.',
    Actions: [...actions.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, action]) => action),
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: ['/providers/Microsoft.Management/managementGroups/<management-group>'],
  };
  return `${JSON.stringify(role, null, 2)}\n`;
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ObjectTypePropertyFlags, ScopeType, TypeFactory, writeTypesJson, type ObjectTypeProperty, type TypeReference } from 'bicep-types';
import { azureTypesIn, type AzureTypes } from '../../src/tools/bicep/azure-types.ts';

const { None, Required, ReadOnly, DeployTimeConstant } = ObjectTypePropertyFlags;
const property = (type: TypeReference, flags: ObjectTypePropertyFlags = None): ObjectTypeProperty => ({ type, flags });

/** A cloud of four resource types, in the files that the real ones come in. */
export function madeUpTypes(): AzureTypes {
  const factory = new TypeFactory();
  const text = factory.addStringType();
  const tags = factory.addObjectType('Tags', {}, text);
  const resource = (name: string, scopes: ScopeType, own: Record<string, ObjectTypeProperty>, nameType = text): void => {
    const [type = ''] = name.split('@');
    const body = factory.addObjectType(type, {
      id: property(text, ReadOnly | DeployTimeConstant),
      name: property(nameType, Required | DeployTimeConstant),
      type: property(factory.addStringLiteralType(type), ReadOnly | DeployTimeConstant),
      apiVersion: property(text, ReadOnly | DeployTimeConstant),
      ...own,
    });
    factory.addResourceType(name, body, scopes, scopes);
  };
  const oneOf = (...options: string[]): TypeReference => factory.addUnionType(options.map(option => (option === '' ? text : factory.addStringLiteralType(option))));
  const item = factory.addObjectType('Item', { name: property(text, Required), size: property(factory.addIntegerType(1, 10)) });
  const plain = factory.addObjectType('Plain', { kind: property(factory.addStringLiteralType('plain'), Required), path: property(text, Required) });
  const locked = factory.addObjectType('Locked', { kind: property(factory.addStringLiteralType('locked'), Required), key: property(text, Required) });
  const properties = factory.addObjectType('ThingProperties', {
    enabled: property(factory.addBooleanType(), Required),
    mode: property(oneOf('open', 'shut')),
    tier: property(oneOf('Hot', 'Cool', '')),
    items: property(factory.addArrayType(item)),
    access: property(factory.addDiscriminatedObjectType('Access', 'kind', {}, { plain, locked })),
    endpoint: property(text, ReadOnly),
    extra: property(factory.addObjectType('Extra', {}, text)),
  });
  resource('Microsoft.Test/things@2024-01-01', ScopeType.ResourceGroup, { location: property(text, Required), tags: property(tags), properties: property(properties, Required) }, factory.addStringType(undefined, 3, 24, '^[a-z0-9-]+$'));
  resource('Microsoft.Test/things/parts@2024-01-01', ScopeType.ResourceGroup, { properties: property(item) });
  resource('Microsoft.Authorization/roleAssignments@2022-04-01', ScopeType.Extension | ScopeType.ResourceGroup, { properties: property(factory.addObjectType('Assignment', { principalId: property(text, Required), principalType: property(text), roleDefinitionId: property(text, Required) }), Required) });
  resource('Microsoft.Resources/resourceGroups@2025-04-01', ScopeType.Subscription, { location: property(text, Required), tags: property(tags) });
  const folder = mkdtempSync(join(tmpdir(), 'cosmos-compliance-types-'));
  for (const [provider, version] of [['microsoft.test', '2024-01-01'], ['microsoft.authorization', '2022-04-01'], ['microsoft.resources', '2025-04-01']] as const) {
    mkdirSync(join(folder, 'made-up', provider, version), { recursive: true });
    writeFileSync(join(folder, 'made-up', provider, version, 'types.json'), writeTypesJson(factory.types));
  }
  const types = azureTypesIn(folder);
  if (types === null) throw new Error('The types that were written are not there.');
  // They are read when they are asked for; the folder is not needed afterwards.
  for (const type of ['Microsoft.Test/things@2024-01-01', 'Microsoft.Authorization/roleAssignments@2022-04-01', 'Microsoft.Resources/resourceGroups@2025-04-01']) types(type);
  rmSync(folder, { recursive: true });
  return types;
}

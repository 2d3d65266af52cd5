import type { Context } from './context.ts';
import { infer } from './infer.ts';
import { expressionsOf, usesOf } from './names.ts';
import { bodyOf, propertyOf, resourcesOf, type Declaration, type Expression, type ResourceDeclaration } from './syntax.ts';
import { text } from './types.ts';

/** Hosts differ from cloud to cloud; `environment()` and properties of resources know them. */
const hosts = /\b(core\.(windows|usgovcloudapi|chinacloudapi)\.|(?<!schema\.)management\.(azure|usgovcloudapi|chinacloudapi)\.|login\.(microsoftonline|chinacloudapi)\.|database\.windows\.net|vault\.azure\.net|azurewebsites\.(net|us)|(ingest\.)?monitor\.azure\.(com|us|cn))/;

/** What this project asks of its own files, beyond what the compiler asks. */
export function checkHouseRules(context: Context): void {
  const { file, report } = context;
  const secure = secureNamesIn(file.declarations);
  for (const declaration of file.declarations) {
    if ((declaration.kind === 'param' || declaration.kind === 'output') && !isDescribed(declaration)) report(declaration.at, 'description', `${declaration.name} has no @description.`);
    if ((declaration.kind === 'resource' || declaration.kind === 'module') && declaration.comment.trim() === '') report(declaration.at, 'purpose', `${declaration.name} has no comment that says what it is for.`);
    if (declaration.kind === 'output') checkOutput(context, declaration, secure);
    if (declaration.kind === 'param') checkParameter(context, declaration);
    for (const expression of valuesOf(declaration)) checkText(context, declaration, expression);
  }
  for (const resource of resourcesOf(file.declarations)) checkResource(context, resource);
  for (const declaration of file.declarations) if (declaration.kind === 'resource' || declaration.kind === 'module') checkDependsOn(context, declaration);
}

function isDescribed({ decorators }: Declaration): boolean {
  return decorators.some(({ name, args: [text] }) => name === 'description' && text?.kind === 'string' && (text.value ?? '').trim() !== '');
}

/** Expressions of a declaration without those of its decorators. */
function valuesOf(declaration: Declaration): readonly Expression[] {
  return expressionsOf({ ...declaration, decorators: [] });
}

function secureNamesIn(declarations: readonly Declaration[]): ReadonlySet<string> {
  const secure = new Set(declarations.flatMap(({ kind, name, decorators }) => (kind === 'param' && decorators.some(decorator => decorator.name === 'secure') ? [name] : [])));
  for (let size = -1; size !== secure.size; ) {
    size = secure.size;
    for (const declaration of declarations) if (declaration.kind === 'var' && usesOf(declaration).some(({ name }) => secure.has(name))) secure.add(declaration.name);
  }
  return secure;
}

function checkOutput({ report }: Context, declaration: Declaration, secure: ReadonlySet<string>): void {
  const leak = usesOf(declaration).find(({ name }) => secure.has(name));
  if (leak) report(leak.expression.at, 'outputs-should-not-contain-secrets', `The output ${declaration.name} shows ${leak.name}, which is secure.`);
  if (/password|secret|sharedkey|accountkey|sastoken/i.test(declaration.name)) report(declaration.at, 'outputs-should-not-contain-secrets', `${declaration.name} sounds like a secret.`);
}

function checkParameter({ report }: Context, declaration: Declaration & { readonly kind: 'param' }): void {
  const isSecure = declaration.decorators.some(({ name }) => name === 'secure');
  const { value } = declaration;
  if (isSecure && value && !(value.kind === 'string' && value.value === '')) report(value.at, 'secure-parameter-default', `${declaration.name} is secure; its default can only be empty.`);
  if (!isSecure && /password|pwd|secret|accountkey|acctkey|webhook.*ur[il]/i.test(declaration.name)) report(declaration.at, 'secure-secrets-in-params', `${declaration.name} may be a secret and is not @secure().`);
}

function checkText(context: Context, declaration: Declaration, expression: Expression): void {
  const { report } = context;
  if (expression.kind === 'string') {
    const host = hosts.exec(expression.source)?.[0];
    if (host) report(expression.at, 'no-hardcoded-env-urls', `${host} is of one cloud only; take it from environment() or from the resource.`);
    const [part] = expression.parts;
    if (part && /^'\$\{[^{}]*\}'$/.test(expression.source) && infer(context, part) === text) report(expression.at, 'simplify-interpolation', 'The text is the expression itself.');
  }
  if (expression.kind === 'object') for (const { key, isQuoted, at } of expression.properties) if (isQuoted && key !== null && /^[A-Za-z_]\w*$/.test(key)) report(at, 'prefer-unquoted-property-names', `${key} needs no quotes.`);
  if (expression.kind === 'call' && expression.name === 'concat' && infer(context, expression) === text) report(expression.at, 'prefer-interpolation', 'Texts are joined by interpolation.');
  if (expression.kind === 'member' && expression.name === 'location' && declaration.kind !== 'param' && expression.of.kind === 'call' && /^(resourceGroup|deployment)$/.test(expression.of.name)) {
    report(expression.at, 'no-loc-expr-outside-params', 'The location of the deployment belongs into the default of a parameter.');
  }
}

function checkResource(context: Context, resource: ResourceDeclaration): void {
  const { report, project } = context;
  const body = bodyOf(resource);
  if (resource.existing || !body) return;
  const location = propertyOf(body, 'location');
  if (location?.kind === 'string' && location.value !== null && location.value.toLowerCase() !== 'global') report(location.at, 'no-hardcoded-location', `${resource.name} is always deployed to ${location.value}.`);
  const type = project.azure?.(resource.type)?.body;
  if (type?.kind === 'object' && type.members.has('tags') && type.members.has('location') && !propertyOf(body, 'tags')) report(resource.at, 'tags', `${resource.name} has no tags.`);
  if (/^Microsoft\.Authorization\/roleAssignments@/i.test(resource.type)) checkRoleAssignment(context, resource);
}

/** Without a name made of what it is about, a second deployment would make a second assignment. */
function checkRoleAssignment({ report }: Context, resource: ResourceDeclaration): void {
  const body = bodyOf(resource);
  const name = propertyOf(body, 'name');
  if (name?.kind !== 'call' || name.name !== 'guid' || name.args.length < 3) report(resource.at, 'role-assignment', `The name of ${resource.name} is not guid(scope, principal, role).`);
  const properties = propertyOf(body, 'properties');
  if (properties?.kind === 'object' && !propertyOf(properties, 'principalType')) report(resource.at, 'role-assignment', `${resource.name} has no principalType; without it a new identity may not be found yet.`);
}

function checkDependsOn({ report }: Context, declaration: Declaration & { readonly kind: 'resource' | 'module' }): void {
  const body = bodyOf(declaration);
  const list = propertyOf(body, 'dependsOn');
  if (!body || list?.kind !== 'array') return;
  const without = { ...declaration, value: { ...body, properties: body.properties.filter(({ key }) => key !== 'dependsOn') } };
  const used = new Set(usesOf(without).map(({ name }) => name));
  for (const item of list.items) {
    const root = item.kind === 'index' ? item.of : item;
    if (root.kind === 'name' && used.has(root.name)) report(item.at, 'no-unnecessary-dependson', `${declaration.name} uses ${root.name}, which says the same.`);
  }
}

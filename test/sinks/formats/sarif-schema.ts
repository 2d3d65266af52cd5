/**
 * The part of SARIF 2.1.0 that we write, as a JSON Schema put together from the normative sentences of the
 * specification (sections 3.11 to 3.58): properties, types, what is required, closed lists of values. Everything else
 * is refused, so that a property which the specification does not know cannot slip in.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */
type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const filled: Schema = { type: 'string', minLength: 1 };
const bag: Schema = { type: 'object', properties: { tags: { type: 'array', items: text, uniqueItems: true } } };

function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = [], more: Schema = {}): Schema {
  return { type: 'object', additionalProperties: false, properties: { ...properties, properties: bag }, required, ...more };
}

function list(items: Schema, more: Schema = {}): Schema {
  return { type: 'array', items, ...more };
}

const message = object({ text: filled, markdown: filled, id: text, arguments: list(text) }, [], { anyOf: [{ required: ['text'] }, { required: ['id'] }] });
const multiformat = object({ text: filled, markdown: filled }, ['text']);
const level: Schema = { enum: ['none', 'note', 'warning', 'error'] };
const time: Schema = { type: 'string', format: 'date-time' };

/** 3.4 */
const artifactLocation = object({ uri: { type: 'string', format: 'uri-reference' }, uriBaseId: text, index: { type: 'integer', minimum: -1 }, description: message });
/** 3.29, 3.30 */
const physicalLocation = object({ artifactLocation, region: object({ startLine: { type: 'integer', minimum: 1 }, startColumn: { type: 'integer', minimum: 1 } }) }, [], { anyOf: [{ required: ['address'] }, { required: ['artifactLocation'] }] });
/** 3.33 */
const logicalLocation = object({ name: text, index: { type: 'integer', minimum: -1 }, fullyQualifiedName: text, decoratedName: text, parentIndex: { type: 'integer' }, kind: text });
/** 3.28 */
const location = object({ id: { type: 'integer' }, physicalLocation, logicalLocations: list(logicalLocation, { uniqueItems: true }), message });
/** 3.49, 3.50 */
const reportingDescriptor = object(
  {
    id: filled,
    guid: text,
    name: filled,
    shortDescription: multiformat,
    fullDescription: multiformat,
    help: multiformat,
    helpUri: { type: 'string', format: 'uri' },
    defaultConfiguration: object({ enabled: { type: 'boolean' }, level, rank: { type: 'number', minimum: -1, maximum: 100 } }),
  },
  ['id'],
);
/** 3.52 */
const descriptorReference = object({ id: text, index: { type: 'integer', minimum: -1 }, guid: text }, [], { anyOf: [{ required: ['id'] }, { required: ['index'] }, { required: ['guid'] }] });
/** 3.58 */
const notification = object({ message, level, descriptor: descriptorReference, timeUtc: time, locations: list(location) }, ['message']);
/** 3.20 */
const invocation = object(
  { executionSuccessful: { type: 'boolean' }, startTimeUtc: time, endTimeUtc: time, exitCode: { type: 'integer' }, toolExecutionNotifications: list(notification), toolConfigurationNotifications: list(notification) },
  ['executionSuccessful'],
);
/** 3.35 */
const suppression = object({ kind: { enum: ['inSource', 'external'] }, status: { enum: ['accepted', 'underReview', 'rejected'] }, justification: text, location, guid: text }, ['kind']);
/** 3.27. A level other than none wants the kind fail, and the other way round. */
const result = object(
  {
    ruleId: filled,
    ruleIndex: { type: 'integer', minimum: -1 },
    kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
    level,
    message,
    locations: list(location),
    partialFingerprints: { type: 'object', additionalProperties: text },
    suppressions: list(suppression, { uniqueItems: true }),
    hostedViewerUri: { type: 'string', format: 'uri' },
  },
  ['message'],
  { oneOf: [{ properties: { kind: { const: 'fail' }, level: { enum: ['note', 'warning', 'error'] } } }, { properties: { kind: { not: { const: 'fail' } }, level: { const: 'none' } } }] },
);
/** 3.19 */
const toolComponent = object({ name: filled, version: text, semanticVersion: { type: 'string', pattern: String.raw`^\d+\.\d+\.\d+` }, language: text, informationUri: { type: 'string', format: 'uri' }, rules: list(reportingDescriptor, { uniqueItems: true }) }, ['name']);
/** 3.14 */
const run = object(
  {
    tool: object({ driver: toolComponent }, ['driver']),
    invocations: list(invocation),
    results: list(result),
    automationDetails: object({ id: text, guid: text, description: message }),
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    language: { type: 'string', pattern: '^[a-zA-Z]{2}(-[a-zA-Z]{2})?$' },
    originalUriBaseIds: { type: 'object', additionalProperties: artifactLocation },
  },
  ['tool'],
);

/** 3.13 */
export const sarifSchema = object({ $schema: { type: 'string', format: 'uri' }, version: { const: '2.1.0' }, runs: list(run) }, ['version', 'runs']);

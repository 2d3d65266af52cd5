/**
 * The class Compliance Finding (2003) with the profile cloud of OCSF 1.5.0, as a JSON Schema put together from the
 * published one: for each object the attributes we may write, their types and closed lists, what is required, and
 * "at least one of". Deprecated attributes and all others are refused.
 * @see https://schema.ocsf.io/1.5.0/classes/compliance_finding?profiles=cloud
 */
type Schema = Readonly<Record<string, unknown>>;

const string: Schema = { type: 'string' };
const strings: Schema = { type: 'array', items: string };
/** Milliseconds since 1970. */
const timestamp: Schema = { type: 'integer', minimum: 1_000_000_000_000 };
const url: Schema = { type: 'string', format: 'uri' };

function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = [], atLeastOne: readonly string[] = []): Schema {
  return { type: 'object', additionalProperties: false, properties, required, ...(atLeastOne.length > 0 && { anyOf: atLeastOne.map(name => ({ required: [name] })) }) };
}

function list(items: Schema): Schema {
  return { type: 'array', items };
}

const keyValue = object({ name: string, value: string, values: strings }, ['name'], ['value', 'values']);
/** https://schema.ocsf.io/1.5.0/objects/account */
const account = object({ uid: string, name: string, type: string, type_id: { enum: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 99] }, labels: strings, tags: list(keyValue) }, [], ['name', 'uid']);
/** https://schema.ocsf.io/1.5.0/objects/cloud */
const cloud = object({ provider: string, region: string, zone: string, cloud_partition: string, account, project_uid: string }, ['provider']);
/** https://schema.ocsf.io/1.5.0/objects/group */
const group = object({ name: string, uid: string, desc: string, type: string, domain: string }, [], ['name', 'uid']);
/** https://schema.ocsf.io/1.5.0/objects/user */
const user = object({ name: string, uid: string, email_addr: string, domain: string }, [], ['account', 'name', 'uid']);
/** https://schema.ocsf.io/1.5.0/objects/resource_details */
const resource = object({ uid: string, name: string, type: string, region: string, zone: string, cloud_partition: string, group, owner: user, tags: list(keyValue), labels: strings, data: {}, namespace: string }, [], ['name', 'uid']);
/** https://schema.ocsf.io/1.5.0/objects/finding_info */
const findingInfo = object({ uid: string, title: string, desc: string, created_time: timestamp, modified_time: timestamp, first_seen_time: timestamp, last_seen_time: timestamp, product_uid: string, src_url: url, types: strings, tags: list(keyValue) }, ['uid']);
/** https://schema.ocsf.io/1.5.0/objects/compliance */
const compliance = object(
  { control: string, desc: string, requirements: strings, standards: strings, category: string, status: string, status_id: { enum: [0, 1, 2, 3, 99] }, status_code: string, status_details: strings, control_parameters: list(keyValue) },
);
/** https://schema.ocsf.io/1.5.0/objects/product */
const product = object({ name: string, uid: string, vendor_name: string, version: string, feature: {}, lang: string, url_string: url }, [], ['name', 'uid']);
/** https://schema.ocsf.io/1.5.0/objects/metadata */
const metadata = object({ version: { const: '1.5.0' }, product, profiles: list({ enum: ['cloud'] }), uid: string, correlation_uid: string, event_code: string, tenant_uid: string, labels: strings, log_name: string, original_time: string }, ['version', 'product']);
/** https://schema.ocsf.io/1.5.0/objects/remediation */
const remediation = object({ desc: string, references: list(url), kb_article_list: {} }, ['desc']);

export const ocsfSchema = object(
  {
    activity_id: { enum: [0, 1, 2, 3, 99] },
    activity_name: string,
    category_uid: { const: 2 },
    category_name: { const: 'Findings' },
    class_uid: { const: 2003 },
    class_name: { const: 'Compliance Finding' },
    type_uid: { enum: [200300, 200301, 200302, 200303, 200399] },
    type_name: string,
    time: timestamp,
    severity_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
    severity: string,
    message: string,
    status: string,
    status_id: { enum: [0, 1, 2, 3, 4, 5, 99] },
    status_code: string,
    status_detail: string,
    comment: string,
    confidence_id: { enum: [0, 1, 2, 3, 99] },
    metadata,
    cloud,
    resources: list(resource),
    finding_info: findingInfo,
    compliance,
    remediation,
    unmapped: { type: 'object' },
  },
  ['activity_id', 'category_uid', 'class_uid', 'type_uid', 'time', 'severity_id', 'metadata', 'cloud', 'finding_info', 'compliance'],
);

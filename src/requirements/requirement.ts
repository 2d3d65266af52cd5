export type SourceDocument = 'ASB' | 'NSP' | 'SEC';

/** Whose duty a row is: the customer's, Microsoft's, or both have a part. */
export type Responsibility = 'customer' | 'shared' | 'microsoft';

/** Ids of controls; the catalogue's, automated or manual. */
export interface ControlAnswer {
  readonly control: string;
}

/** The platform answers: why there is nothing for the customer to configure. */
export interface PlatformAnswer {
  readonly microsoft: string;
}

/** A row that other rows of the same document say in full. */
export interface RowAnswer {
  readonly requirement: string;
}

/** The row limits what others apply to: these controls are not applicable outside of it. */
export interface ApplicabilityAnswer {
  readonly applicabilityOf: readonly string[];
  readonly because: string;
}

export type Answer = ControlAnswer | PlatformAnswer | RowAnswer | ApplicabilityAnswer;

/** A row of a source document, in our words, and what answers it. */
export interface Requirement {
  /** The document and the row: `ASB NS-1`, `NSP 6`, `SEC checklist-1`. */
  readonly id: string;
  readonly source: SourceDocument;
  readonly title: string;
  readonly responsibility: Responsibility;
  readonly answers: readonly Answer[];
}

/** One of the three documents that the requirements come from. */
export interface Document {
  readonly source: SourceDocument;
  readonly title: string;
  readonly link: string;
  /** Of the text the rows were taken from; null where the document carries none. */
  readonly date: string | null;
  /** How the responsibilities were told. */
  readonly responsibilities: string;
  readonly requirements: readonly Requirement[];
}

export function controls(...ids: readonly string[]): ControlAnswer[] {
  return ids.map(control => ({ control }));
}

export function rows(...ids: readonly string[]): RowAnswer[] {
  return ids.map(requirement => ({ requirement }));
}

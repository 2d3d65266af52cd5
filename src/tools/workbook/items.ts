// The format of Azure workbooks, as far as ours uses it.
// @see https://github.com/microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json

/** Shown only while a parameter has, or does not have, a value. */
export interface Visibility {
  readonly parameterName: string;
  readonly comparison: 'isEqualTo' | 'isNotEqualTo';
  readonly value: string;
}

interface Placed {
  readonly name: string;
  readonly conditionalVisibility?: Visibility;
  /** Percent of the width of the page. */
  readonly customWidth?: string;
}

export interface TextItem extends Placed {
  readonly type: 1;
  readonly content: { readonly json: string; readonly style?: 'info' | 'success' | 'warning' | 'error' };
}

/** 0 Logs, 1 Resource Graph. */
export type QueryType = 0 | 1;

interface Source {
  readonly query: string;
  readonly queryType: QueryType;
  readonly resourceType: string;
  readonly crossComponentResources: readonly string[];
}

export type Visualization = 'table' | 'tiles' | 'barchart' | 'timechart' | 'linechart' | 'areachart';

export interface Formatter {
  readonly columnMatch: string;
  readonly formatter: number;
  readonly formatOptions?: Readonly<Record<string, unknown>>;
  readonly numberFormat?: Readonly<Record<string, unknown>>;
  readonly dateFormat?: { readonly formatName: string };
}

export interface QueryContent extends Source {
  readonly version: 'KqlItem/1.0';
  readonly title: string;
  /** 0 medium, 1 small, 2 large, 3 full, 4 tiny. */
  readonly size: 0 | 1 | 2 | 3 | 4;
  readonly noDataMessage: string;
  /** 1 info, 2 warning, 3 success, 4 error. */
  readonly noDataMessageStyle: 1 | 2 | 3 | 4;
  readonly timeContext: { readonly durationMs: number };
  readonly showExportToExcel?: boolean;
  readonly exportedParameters?: readonly { readonly fieldName: string; readonly parameterName: string; readonly parameterType: 1; readonly defaultValue: string }[];
  readonly visualization: Visualization;
  readonly gridSettings?: {
    readonly formatters: readonly Formatter[];
    readonly filter: boolean;
    readonly rowLimit: number;
    readonly labelSettings: readonly { readonly columnId: string; readonly label: string }[];
  };
  readonly tileSettings?: Readonly<Record<string, unknown>>;
  readonly chartSettings?: { readonly xAxis: string; readonly yAxis: readonly string[] };
}

export interface QueryItem extends Placed {
  readonly type: 3;
  readonly content: QueryContent;
}

export interface Parameter extends Partial<Source> {
  readonly id: string;
  readonly version: 'KqlParameterItem/1.0';
  readonly name: string;
  readonly label?: string;
  readonly description?: string;
  /** 1 text, 2 drop-down, 5 resource. */
  readonly type: 1 | 2 | 5;
  readonly isRequired: boolean;
  readonly isHiddenWhenLocked?: boolean;
  readonly multiSelect?: boolean;
  readonly quote?: string;
  readonly delimiter?: string;
  readonly jsonData?: string;
  readonly typeSettings?: Readonly<Record<string, unknown>>;
  readonly timeContext?: { readonly durationMs: number };
  readonly value?: string | readonly string[];
}

export interface ParametersItem extends Placed {
  readonly type: 9;
  readonly content: {
    readonly version: 'KqlParameterItem/1.0';
    readonly parameters: readonly Parameter[];
    readonly style: 'pills' | 'above';
    readonly queryType: QueryType;
    readonly resourceType: string;
  };
}

export interface LinksItem extends Placed {
  readonly type: 11;
  readonly content: {
    readonly version: 'LinkItem/1.0';
    readonly style: 'tabs';
    readonly links: readonly {
      readonly id: string;
      readonly cellValue: string;
      readonly linkTarget: 'parameter';
      readonly linkLabel: string;
      readonly subTarget: string;
      readonly style: 'link';
    }[];
  };
}

export interface GroupItem extends Placed {
  readonly type: 12;
  readonly content: { readonly version: 'NotebookGroup/1.0'; readonly groupType: 'editable'; readonly items: readonly Item[] };
}

export type Item = TextItem | QueryItem | ParametersItem | LinksItem | GroupItem;

export interface Workbook {
  readonly version: 'Notebook/1.0';
  readonly items: readonly Item[];
  readonly fallbackResourceIds: readonly string[];
  readonly $schema: string;
}

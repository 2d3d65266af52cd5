import { manualControl } from '../core/control.ts';

/** Clients that send the header themselves. A name that is not here costs a look, never a miss. */
const sdks = String.raw`cosmos-(netstandard|dotnet)-sdk|azsdk-[a-z]+-\S*cosmos|azure-cosmos|documentdb-`;

const day = 'mon|tue|wed|thu|fri|sat|sun';
const month = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';

/**
 * Cosmos DB logs no request headers: its own log can only name who to ask. A gateway that logs headers gives proof.
 */
export const requestDatesValid = manualControl({
  id: 'request-dates-valid',
  title: 'Every REST client sends x-ms-date, in RFC 1123 format.',
  severity: 'medium',
  rationale:
    'An account in a network security perimeter may block requests whose x-ms-date is missing or not an RFC 1123 date. Such a client works until the day of the association, and then fails without a change of its own.',
  remediation: {
    text: 'Send x-ms-date with every request, for example `Fri, 20 Nov 2026 06:00:00 GMT`: English names, two digits for the day, UTC, always the letters GMT. Better, replace the hand-written client by a Cosmos DB SDK, which does it. A header named Date does not replace it.',
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-nsp', 'https://learn.microsoft.com/rest/api/cosmos-db/common-cosmosdb-rest-request-headers', 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/cdbdataplanerequests'],
  requirements: ['NSP 10'],
  procedure: [
    `Find clients that use the REST API without an SDK, and what was refused to them. A wrong date is answered with 401. Cosmos DB logs no headers, so this names whom to ask:
CDBDataPlaneRequests
| where TimeGenerated > ago(30d)
| where not(UserAgent matches regex @"(?i)(${sdks})")
| summarize requests = count(), refused = countif(StatusCode == 401), latest = max(TimeGenerated) by AccountName, UserAgent, ClientIpAddress, AadPrincipalId
| order by refused desc, requests desc`,
    `Where such clients come through API Management, let its diagnostic log the backend request header x-ms-date for a day, and list requests whose header is missing or not RFC 1123; the result must be empty:
ApiManagementGatewayLogs
| where TimeGenerated > ago(1d) and BackendUrl has "documents.azure"
| extend sent = tostring(parse_json(tolower(tostring(BackendRequestHeaders)))["x-ms-date"])
| where isempty(sent) or not(sent matches regex @"^(${day}), \\d{2} (${month}) \\d{4} \\d{2}:\\d{2}:\\d{2} gmt$")
| summarize requests = count(), example = take_any(sent) by ApiId, OperationId, BackendUrl, CallerIpAddress`,
    'For every other client of the first list, let its owner show one request with its headers, from a trace or a test against a proxy. An answer 401 with "The input date header is invalid format" is the same miss.',
    'Check the clock of these clients: a date more than a few minutes off is refused as well.',
    'Associate the account in Learning mode (portal: Transition) first, and look at the first query again before you enforce.',
    'Record the clients, and the header that each sends. Attest when every one sends a valid date, or none is left that is no SDK.',
  ],
});

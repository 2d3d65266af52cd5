/** Days before and after the end of an exemption or attestation in which a scan warns of it. */
const warningDays = 14;

/** A day as ISO text, for example `2026-12-31`; days compare as text. Every day begins at midnight UTC. */
export type Day = string;

/** The day of a moment. */
export function dayOf(moment: Date): Day {
  return moment.toISOString().slice(0, 10);
}

/** Whether the last valid day is so near, before or after, that people should hear of it. */
export function endsAbout(day: Day, now: Date): boolean {
  return Math.abs(Date.parse(day) - Date.parse(dayOf(now))) <= warningDays * 86_400_000;
}

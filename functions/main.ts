// The bundle's entry: every function of the app registers on import.
import './scan-schedule.ts';
